CREATE TABLE "notices" (
	"citizen_id" uuid NOT NULL,
	"notice_id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"noted_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"dependant_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"relation" text NOT NULL,
	"basis" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"is_deleted" boolean NOT NULL,
	CONSTRAINT "notices_citizen_id_notice_id_pk" PRIMARY KEY("citizen_id","notice_id")
);
--> statement-breakpoint
ALTER TABLE "dependants" ADD COLUMN "version" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "notices_by_time" ON "notices" USING btree ("noted_at");--> statement-breakpoint
-- Greater than before, and than that of a record that was deleted and comes back: microseconds of the clock at least.
CREATE FUNCTION "next_version"("earlier" bigint) RETURNS bigint LANGUAGE sql VOLATILE AS
	$$ SELECT greatest("earlier" + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) $$;--> statement-breakpoint
CREATE FUNCTION "raise_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW."version" := next_version(CASE TG_OP WHEN 'INSERT' THEN 0 ELSE OLD."version" END);
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE FUNCTION "note_link"("link" "dependants", "as_version" bigint, "is_deleted" boolean) RETURNS void LANGUAGE sql AS $$
	INSERT INTO "notices" ("citizen_id", "notice_id", "version", "dependant_id", "record_id", "relation", "basis", "valid_from", "valid_to", "is_deleted")
	VALUES ("link"."citizen_id", gen_random_uuid(), "as_version", "link"."dependant_id", "link"."record_id", "link"."relation", "link"."basis",
		"link"."valid_from", "link"."valid_to", "is_deleted")
$$;--> statement-breakpoint
-- A record that names another dependant, or got another id, is another record: the earlier one is gone.
CREATE FUNCTION "note_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' THEN
		PERFORM note_link(OLD, next_version(OLD."version"), true);
	ELSIF TG_OP = 'UPDATE' AND (OLD."dependant_id", OLD."record_id") IS DISTINCT FROM (NEW."dependant_id", NEW."record_id") THEN
		PERFORM note_link(OLD, NEW."version", true);
	END IF;
	IF TG_OP <> 'DELETE' THEN
		PERFORM note_link(NEW, NEW."version", false);
	END IF;
	RETURN NULL;
END $$;--> statement-breakpoint
-- While a synthetic population is loaded nothing is noted: the register is loaded with the same links.
CREATE TRIGGER "raise_version_on_insert" BEFORE INSERT ON "dependants" FOR EACH ROW
	WHEN (current_setting('citizen_data.loading', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION raise_version();--> statement-breakpoint
CREATE TRIGGER "raise_version_on_update" BEFORE UPDATE ON "dependants" FOR EACH ROW
	WHEN ((OLD."version", OLD."citizen_id", OLD."dependant_id", OLD."record_id", OLD."relation", OLD."basis", OLD."valid_from", OLD."valid_to")
		IS DISTINCT FROM (NEW."version", NEW."citizen_id", NEW."dependant_id", NEW."record_id", NEW."relation", NEW."basis", NEW."valid_from", NEW."valid_to"))
	EXECUTE FUNCTION raise_version();--> statement-breakpoint
CREATE TRIGGER "note_insert" AFTER INSERT ON "dependants" FOR EACH ROW
	WHEN (current_setting('citizen_data.loading', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION note_change();--> statement-breakpoint
CREATE TRIGGER "note_update" AFTER UPDATE ON "dependants" FOR EACH ROW
	WHEN (OLD."version" IS DISTINCT FROM NEW."version") EXECUTE FUNCTION note_change();--> statement-breakpoint
CREATE TRIGGER "note_delete" AFTER DELETE ON "dependants" FOR EACH ROW EXECUTE FUNCTION note_change();
