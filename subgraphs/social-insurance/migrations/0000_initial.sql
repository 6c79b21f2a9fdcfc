CREATE TABLE "base_limits" (
	"valid_from" text PRIMARY KEY NOT NULL,
	"reference_level" bigint NOT NULL,
	"floor_region_1" bigint NOT NULL,
	"floor_region_2" bigint NOT NULL,
	"floor_region_3" bigint NOT NULL,
	"floor_region_4" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "benefits" (
	"citizen_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"benefit" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date,
	"amount" bigint NOT NULL,
	"is_monthly" boolean NOT NULL,
	"decision_no" text NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "benefits_citizen_id_id_pk" PRIMARY KEY("citizen_id","id")
);
--> statement-breakpoint
CREATE TABLE "files" (
	"citizen_id" uuid PRIMARY KEY NOT NULL,
	"insurance_number" text NOT NULL,
	"personal_id" text NOT NULL,
	"full_name" text NOT NULL,
	"date_of_birth" text NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "periods" (
	"citizen_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"scheme" text NOT NULL,
	"from_month" text NOT NULL,
	"to_month" text,
	"employer_code" text,
	"employer_name" text,
	"employer_province_code" text,
	"job_title" text NOT NULL,
	"hazard_level" text NOT NULL,
	"workplace" text,
	"salary_base" bigint NOT NULL,
	"position_allowance" bigint,
	"seniority_allowance" bigint,
	"supplement" bigint,
	"payment_status" text NOT NULL,
	"plan_code" text NOT NULL,
	"end_plan_code" text,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "periods_citizen_id_id_pk" PRIMARY KEY("citizen_id","id")
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rates" (
	"scheme" text NOT NULL,
	"valid_from" text NOT NULL,
	"employee_rate" numeric(5, 2) NOT NULL,
	"employer_rate" numeric(5, 2) NOT NULL,
	"legal_basis" text NOT NULL,
	CONSTRAINT "rates_scheme_valid_from_pk" PRIMARY KEY("scheme","valid_from")
);
--> statement-breakpoint
CREATE INDEX "benefits_newest_first" ON "benefits" USING btree ("citizen_id","from_day" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "periods_newest_first" ON "periods" USING btree ("citizen_id","from_month" DESC NULLS LAST,"id" DESC NULLS LAST);