CREATE TABLE "driving_licence_classes" (
	"citizen_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"scheme" text NOT NULL,
	"code" text NOT NULL,
	"passed_on" date NOT NULL,
	"expires_on" date,
	"conditions" text,
	CONSTRAINT "driving_licence_classes_citizen_id_record_id_scheme_code_pk" PRIMARY KEY("citizen_id","record_id","scheme","code")
);
--> statement-breakpoint
CREATE TABLE "driving_licences" (
	"citizen_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"number" text NOT NULL,
	"holder_name" text NOT NULL,
	"holder_date_of_birth" text NOT NULL,
	"issued_on" date NOT NULL,
	"issuing_authority" text NOT NULL,
	"card_material" text NOT NULL,
	"restraint" text,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "driving_licences_citizen_id_record_id_pk" PRIMARY KEY("citizen_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "identification_plates" (
	"citizen_id" uuid NOT NULL,
	"plate_kind" text NOT NULL,
	"plate_canonical" text NOT NULL,
	"plate_number" text NOT NULL,
	"plate_colour" text NOT NULL,
	"vehicle_type" text NOT NULL,
	"assigned_on" date NOT NULL,
	"kept_from" date,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "identification_plates_citizen_id_plate_kind_plate_canonical_pk" PRIMARY KEY("citizen_id","plate_kind","plate_canonical")
);
--> statement-breakpoint
CREATE TABLE "licence_classes" (
	"scheme" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"validity_years" smallint,
	"minimum_age" smallint NOT NULL,
	"is_upgrade_only" boolean NOT NULL,
	CONSTRAINT "licence_classes_scheme_code_pk" PRIMARY KEY("scheme","code")
);
--> statement-breakpoint
CREATE TABLE "point_events" (
	"citizen_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"points" smallint NOT NULL,
	"effective_on" date NOT NULL,
	"decision_no" text,
	"violation_code" text,
	CONSTRAINT "point_events_citizen_id_record_id_event_id_pk" PRIMARY KEY("citizen_id","record_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "vehicle_registrations" (
	"citizen_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"plate_number" text NOT NULL,
	"plate_canonical" text NOT NULL,
	"plate_colour" text NOT NULL,
	"owner_name" text NOT NULL,
	"owner_address" text NOT NULL,
	"previous_owner_name" text,
	"vehicle_type" text NOT NULL,
	"brand" text NOT NULL,
	"model" text NOT NULL,
	"paint_colour" text NOT NULL,
	"engine_no" text NOT NULL,
	"chassis_no" text NOT NULL,
	"year_of_manufacture" smallint NOT NULL,
	"seats" smallint NOT NULL,
	"payload_kg" integer,
	"engine_capacity_cc" integer,
	"power_kw" double precision,
	"smart_vehicle" boolean NOT NULL,
	"clean_energy" boolean NOT NULL,
	"registered_on" date NOT NULL,
	"first_registered_on" date NOT NULL,
	"expires_on" date,
	"issuing_authority" text NOT NULL,
	"status" text NOT NULL,
	"disposed_on" date,
	"disposal" text,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "vehicle_registrations_citizen_id_record_id_pk" PRIMARY KEY("citizen_id","record_id")
);
--> statement-breakpoint
ALTER TABLE "driving_licence_classes" ADD CONSTRAINT "driving_licence_classes_licence" FOREIGN KEY ("citizen_id","record_id") REFERENCES "public"."driving_licences"("citizen_id","record_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "driving_licence_classes" ADD CONSTRAINT "driving_licence_classes_class" FOREIGN KEY ("scheme","code") REFERENCES "public"."licence_classes"("scheme","code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "point_events" ADD CONSTRAINT "point_events_licence" FOREIGN KEY ("citizen_id","record_id") REFERENCES "public"."driving_licences"("citizen_id","record_id") ON DELETE no action ON UPDATE no action;