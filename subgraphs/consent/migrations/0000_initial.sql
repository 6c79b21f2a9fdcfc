CREATE TABLE "access_reviews" (
	"citizen_id" uuid NOT NULL,
	"review_id" uuid NOT NULL,
	"access_id" uuid NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	CONSTRAINT "access_reviews_citizen_id_review_id_pk" PRIMARY KEY("citizen_id","review_id")
);
--> statement-breakpoint
CREATE TABLE "consent_requests" (
	"citizen_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"client_id" text NOT NULL,
	"purpose" text NOT NULL,
	"scopes" text[] NOT NULL,
	"notice_version" smallint NOT NULL,
	"is_one_time" boolean NOT NULL,
	"valid_days" smallint,
	"reader_id" text,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"guardian_consented_by" text,
	"guardian_consented_at" timestamp with time zone,
	"guardian_consented_scopes" text[],
	"child_consented_at" timestamp with time zone,
	"child_consented_scopes" text[],
	"decided_at" timestamp with time zone,
	CONSTRAINT "consent_requests_citizen_id_request_id_pk" PRIMARY KEY("citizen_id","request_id")
);
--> statement-breakpoint
CREATE TABLE "emergency_accesses" (
	"citizen_id" uuid NOT NULL,
	"access_id" uuid NOT NULL,
	"client_id" text NOT NULL,
	"officer_id" text NOT NULL,
	"scopes" text[] NOT NULL,
	"justification" text NOT NULL,
	"began_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "emergency_accesses_citizen_id_access_id_pk" PRIMARY KEY("citizen_id","access_id")
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"citizen_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"client_id" text NOT NULL,
	"purpose" text NOT NULL,
	"scopes" text[] NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_to" timestamp with time zone,
	"is_one_time" boolean NOT NULL,
	"used_by_operation" text,
	"used_at" timestamp with time zone,
	"method" text NOT NULL,
	"evidence_hash" text NOT NULL,
	"notice_version" smallint NOT NULL,
	"notice_language" text NOT NULL,
	"given_by" text NOT NULL,
	"given_as" text NOT NULL,
	"child_consented_at" timestamp with time zone,
	"reader_id" text,
	"status" text NOT NULL,
	"given_at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" text,
	CONSTRAINT "grants_citizen_id_grant_id_pk" PRIMARY KEY("citizen_id","grant_id")
);
--> statement-breakpoint
CREATE TABLE "record_subjects" (
	"value" uuid PRIMARY KEY NOT NULL,
	"citizen_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clients" (
	"client_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"controller" text NOT NULL,
	"kind" text NOT NULL,
	"is_first_party" boolean NOT NULL,
	"status" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "purpose_notices" (
	"client_id" text NOT NULL,
	"purpose" text NOT NULL,
	"version" smallint NOT NULL,
	"text_en" text NOT NULL,
	"text_vi" text NOT NULL,
	"published_on" date NOT NULL,
	CONSTRAINT "purpose_notices_client_id_purpose_version_pk" PRIMARY KEY("client_id","purpose","version")
);
--> statement-breakpoint
CREATE TABLE "purposes" (
	"client_id" text NOT NULL,
	"code" text NOT NULL,
	"title_en" text NOT NULL,
	"title_vi" text NOT NULL,
	"controller" text NOT NULL,
	"legal_basis" text NOT NULL,
	"legal_reference" text,
	"scopes" text[] NOT NULL,
	"retention_days" smallint NOT NULL,
	"max_days" smallint,
	"status" text NOT NULL,
	CONSTRAINT "purposes_client_id_code_pk" PRIMARY KEY("client_id","code")
);
--> statement-breakpoint
CREATE TABLE "representations" (
	"citizen_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"representative_id" uuid NOT NULL,
	"relation" text NOT NULL,
	"basis" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"version" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "representations_citizen_id_record_id_pk" PRIMARY KEY("citizen_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "subject_numbers" (
	"value" text PRIMARY KEY NOT NULL,
	"citizen_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subjects" (
	"citizen_id" uuid PRIMARY KEY NOT NULL,
	"born_on" date NOT NULL,
	"life_status" text NOT NULL,
	"account_level" smallint,
	"account_state" text,
	"version" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX "access_reviews_by_time" ON "access_reviews" USING btree ("opened_at","review_id");--> statement-breakpoint
CREATE UNIQUE INDEX "consent_requests_one_pending" ON "consent_requests" USING btree ("citizen_id","client_id","purpose","scopes","is_one_time",coalesce(valid_days, 0),coalesce(reader_id, '')) WHERE status = 'PENDING';--> statement-breakpoint
CREATE INDEX "emergency_accesses_by_officer" ON "emergency_accesses" USING btree ("officer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "grants_one_of_request" ON "grants" USING btree ("citizen_id","request_id");--> statement-breakpoint
CREATE INDEX "grants_by_time" ON "grants" USING btree ("given_at","grant_id");--> statement-breakpoint
CREATE INDEX "representations_by_representative" ON "representations" USING btree ("representative_id");--> statement-breakpoint
CREATE INDEX "subject_numbers_by_citizen" ON "subject_numbers" USING btree ("citizen_id");--> statement-breakpoint
-- The proof of what was asked, given, refused and withdrawn stays (Law 91/2025/QH15 Art. 9).
CREATE FUNCTION "refuse_deletion"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'Rows of this table are never deleted.' USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER "refuse_deletion" BEFORE DELETE ON "consent_requests" FOR EACH STATEMENT EXECUTE FUNCTION refuse_deletion();--> statement-breakpoint
CREATE TRIGGER "refuse_deletion" BEFORE DELETE ON "grants" FOR EACH STATEMENT EXECUTE FUNCTION refuse_deletion();--> statement-breakpoint
CREATE TRIGGER "refuse_deletion" BEFORE DELETE ON "emergency_accesses" FOR EACH STATEMENT EXECUTE FUNCTION refuse_deletion();--> statement-breakpoint
CREATE TRIGGER "refuse_deletion" BEFORE DELETE ON "access_reviews" FOR EACH STATEMENT EXECUTE FUNCTION refuse_deletion();--> statement-breakpoint
CREATE TRIGGER "refuse_deletion" BEFORE DELETE ON "record_subjects" FOR EACH STATEMENT EXECUTE FUNCTION refuse_deletion();
