CREATE TABLE "citizens" (
	"citizen_id" uuid PRIMARY KEY NOT NULL,
	"personal_id" text NOT NULL,
	"surname" text NOT NULL,
	"middle_name" text,
	"given_name" text NOT NULL,
	"other_names" text[] NOT NULL,
	"date_of_birth" text NOT NULL,
	"date_of_death" date,
	"sex" text NOT NULL,
	"nationality_code" text NOT NULL,
	"nationality_name" text NOT NULL,
	"ethnicity_code" text NOT NULL,
	"ethnicity_name" text NOT NULL,
	"religion_code" text,
	"religion_name" text,
	"blood_type" text,
	"birth_scheme" text,
	"birth_ward_code" text,
	"birth_ward_name" text,
	"birth_district_name" text,
	"birth_province_code" text,
	"birth_province_name" text,
	"home_scheme" text,
	"home_ward_code" text,
	"home_ward_name" text,
	"home_district_name" text,
	"home_province_code" text,
	"home_province_name" text,
	"marital_status" text NOT NULL,
	"life_status" text NOT NULL,
	"father_name" text,
	"mother_name" text,
	"spouse_name" text,
	"account_level" smallint,
	"account_state" text,
	"account_lock_cause" text,
	"account_registered_on" date,
	"account_phone" text,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person_identifiers" (
	"citizen_id" uuid NOT NULL,
	"type" text NOT NULL,
	"value" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "person_identifiers_citizen_id_type_value_pk" PRIMARY KEY("citizen_id","type","value")
);
--> statement-breakpoint
CREATE TABLE "personal_numbers" (
	"value" text PRIMARY KEY NOT NULL,
	"citizen_id" uuid NOT NULL
);
