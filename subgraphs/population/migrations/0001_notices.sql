CREATE TABLE "notices" (
	"citizen_id" uuid NOT NULL,
	"notice_id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"noted_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "notices_citizen_id_notice_id_pk" PRIMARY KEY("citizen_id","notice_id")
);
--> statement-breakpoint
ALTER TABLE "citizens" ADD COLUMN "version" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "notices_by_time" ON "notices" USING btree ("noted_at");--> statement-breakpoint
-- Greater than before, and than that of a record that was deleted and comes back: microseconds of the clock at least.
CREATE FUNCTION "next_version"("earlier" bigint) RETURNS bigint LANGUAGE sql VOLATILE AS
	$$ SELECT greatest("earlier" + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) $$;--> statement-breakpoint
CREATE FUNCTION "raise_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW."version" := next_version(CASE TG_OP WHEN 'INSERT' THEN 0 ELSE OLD."version" END);
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE FUNCTION "note_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' THEN
		INSERT INTO "notices" ("citizen_id", "notice_id", "version")
		VALUES (OLD."citizen_id", gen_random_uuid(), next_version(OLD."version"));
	ELSE
		INSERT INTO "notices" ("citizen_id", "notice_id", "version")
		VALUES (NEW."citizen_id", gen_random_uuid(), NEW."version");
	END IF;
	RETURN NULL;
END $$;--> statement-breakpoint
-- A number belongs to its person: their row is raised, and so its own trigger notes the change.
CREATE FUNCTION "note_change_of_number"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP <> 'INSERT' THEN
		UPDATE "citizens" SET "version" = "version" + 1 WHERE "citizen_id" = OLD."citizen_id";
	END IF;
	IF TG_OP <> 'DELETE' THEN
		UPDATE "citizens" SET "version" = "version" + 1 WHERE "citizen_id" = NEW."citizen_id";
	END IF;
	RETURN NULL;
END $$;--> statement-breakpoint
-- While a synthetic population is loaded nothing is noted: the register is loaded with the same people.
CREATE TRIGGER "raise_version_on_insert" BEFORE INSERT ON "citizens" FOR EACH ROW
	WHEN (current_setting('citizen_data.loading', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION raise_version();--> statement-breakpoint
CREATE TRIGGER "raise_version_on_update" BEFORE UPDATE ON "citizens" FOR EACH ROW
	WHEN ((OLD."version", OLD."personal_id", OLD."date_of_birth", OLD."life_status", OLD."account_level", OLD."account_state")
		IS DISTINCT FROM (NEW."version", NEW."personal_id", NEW."date_of_birth", NEW."life_status", NEW."account_level", NEW."account_state"))
	EXECUTE FUNCTION raise_version();--> statement-breakpoint
CREATE TRIGGER "note_insert" AFTER INSERT ON "citizens" FOR EACH ROW
	WHEN (current_setting('citizen_data.loading', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION note_change();--> statement-breakpoint
CREATE TRIGGER "note_update" AFTER UPDATE ON "citizens" FOR EACH ROW
	WHEN (OLD."version" IS DISTINCT FROM NEW."version") EXECUTE FUNCTION note_change();--> statement-breakpoint
CREATE TRIGGER "note_delete" AFTER DELETE ON "citizens" FOR EACH ROW EXECUTE FUNCTION note_change();--> statement-breakpoint
CREATE TRIGGER "note_change_of_number" AFTER INSERT OR UPDATE OR DELETE ON "person_identifiers" FOR EACH ROW
	WHEN (current_setting('citizen_data.loading', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION note_change_of_number();
