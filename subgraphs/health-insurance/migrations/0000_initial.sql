CREATE TABLE "base_salaries" (
	"valid_from" date PRIMARY KEY NOT NULL,
	"amount" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "benefit_levels" (
	"level" smallint PRIMARY KEY NOT NULL,
	"rate" smallint NOT NULL,
	"has_payment_caps" boolean NOT NULL,
	"covers_outside_scope" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"citizen_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"card_number" text NOT NULL,
	"card_code_15" text,
	"object_code" text NOT NULL,
	"benefit_level" smallint NOT NULL,
	"province_code" text NOT NULL,
	"issuing_office" text NOT NULL,
	"living_area" text,
	"facility_code" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"five_year_from" date NOT NULL,
	"ended_as" text,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "cards_citizen_id_id_pk" PRIMARY KEY("citizen_id","id"),
	CONSTRAINT "cards_benefit_level" CHECK ("cards"."benefit_level" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "co_payments" (
	"citizen_id" uuid NOT NULL,
	"year" smallint NOT NULL,
	"paid" bigint NOT NULL,
	"ceiling_passed_on" date,
	CONSTRAINT "co_payments_citizen_id_year_pk" PRIMARY KEY("citizen_id","year")
);
--> statement-breakpoint
CREATE TABLE "facilities" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"province_code" text NOT NULL,
	"care_level" text
);
--> statement-breakpoint
CREATE TABLE "files" (
	"citizen_id" uuid PRIMARY KEY NOT NULL,
	"insurance_number" text NOT NULL,
	"personal_id" text NOT NULL,
	"full_name" text NOT NULL,
	"date_of_birth" text NOT NULL,
	"sex" text NOT NULL,
	"identity_check" text
);
--> statement-breakpoint
CREATE TABLE "objects" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"benefit_level" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "result_codes" (
	"code" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"note" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_object_code_objects_code_fk" FOREIGN KEY ("object_code") REFERENCES "public"."objects"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_facility_code_facilities_code_fk" FOREIGN KEY ("facility_code") REFERENCES "public"."facilities"("code") ON DELETE no action ON UPDATE no action;