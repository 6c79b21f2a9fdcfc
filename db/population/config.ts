import { z } from 'zod';

const Environment = z.object({ DATA_DIR: z.string().min(1).default('.data') });

/** Where the mark of the loaded population is kept. @throws when `DATA_DIR` is set but empty */
export const readEnvironment = (): z.infer<typeof Environment> => Environment.parse(process.env);
