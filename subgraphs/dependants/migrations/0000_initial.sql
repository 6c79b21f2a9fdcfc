CREATE TABLE "dependants" (
	"citizen_id" uuid NOT NULL,
	"dependant_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"relation" text NOT NULL,
	"basis" text NOT NULL,
	"born_on" date NOT NULL,
	"document_no" text,
	"registered_by" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"decided_scope" text[],
	"verified_at" timestamp with time zone,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "dependants_citizen_id_record_id_pk" PRIMARY KEY("citizen_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "representatives" (
	"citizen_id" uuid NOT NULL,
	"guardian_name" text NOT NULL,
	"record_id" uuid NOT NULL,
	"relation" text NOT NULL,
	"basis" text NOT NULL,
	"born_on" date NOT NULL,
	"document_no" text,
	"registered_by" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"decided_scope" text[],
	"verified_at" timestamp with time zone,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "representatives_citizen_id_record_id_pk" PRIMARY KEY("citizen_id","record_id")
);
