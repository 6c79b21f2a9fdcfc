CREATE TABLE "catalogue_entries" (
	"catalogue" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "catalogue_entries_catalogue_code_pk" PRIMARY KEY("catalogue","code")
);
--> statement-breakpoint
CREATE TABLE "drug_catalogue" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"strength" text,
	"dosage_form" text,
	"route" text,
	"unit" text NOT NULL,
	"registration_number" text,
	"group_code" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "indicator_catalogue" (
	"code" text PRIMARY KEY NOT NULL,
	"indicator_name" text NOT NULL,
	"unit" text
);
--> statement-breakpoint
CREATE TABLE "service_catalogue" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"unit" text NOT NULL,
	"group_code" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visit_diagnoses" (
	"citizen_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"compartments" text[] NOT NULL,
	"kind" text NOT NULL,
	"code" text NOT NULL,
	"sequence" smallint NOT NULL,
	CONSTRAINT "visit_diagnoses_citizen_id_visit_id_sequence_pk" PRIMARY KEY("citizen_id","visit_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "visit_drugs" (
	"citizen_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"compartments" text[] NOT NULL,
	"sequence" smallint NOT NULL,
	"code" text NOT NULL,
	"preparation_code" text,
	"dosage" text,
	"instructions" text,
	"tender" text,
	"scope" text,
	"payment_rate" smallint,
	"quantity" double precision NOT NULL,
	"practitioner_code" text,
	"service_code" text,
	"ordered_at" timestamp with time zone,
	"performed_at" timestamp with time zone,
	"payment_method_code" text,
	"paid_from" text,
	"is_relapsed_wound" boolean,
	"supplying_facility_code" text,
	"department_code" text,
	"unit_price" bigint,
	"insured_unit_price" bigint,
	"hospital_amount" bigint,
	"insured_amount" bigint,
	"benefit_rate" smallint,
	"insurer_pays" bigint,
	"co_pay" bigint,
	"patient_pays" bigint,
	"state_budget" bigint,
	"foreign_aid" bigint,
	"domestic_aid" bigint,
	"other_funds" bigint,
	"other_sources" bigint,
	CONSTRAINT "visit_drugs_citizen_id_visit_id_sequence_pk" PRIMARY KEY("citizen_id","visit_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "visit_lab_results" (
	"citizen_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"compartments" text[] NOT NULL,
	"sequence" smallint NOT NULL,
	"service_code" text NOT NULL,
	"indicator_code" text,
	"value" text,
	"description" text,
	"conclusion" text,
	"result_at" timestamp with time zone,
	"reader_code" text,
	CONSTRAINT "visit_lab_results_citizen_id_visit_id_sequence_pk" PRIMARY KEY("citizen_id","visit_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "visit_procedures" (
	"citizen_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"compartments" text[] NOT NULL,
	"sequence" smallint NOT NULL,
	"code" text NOT NULL,
	"performed_at" timestamp with time zone,
	CONSTRAINT "visit_procedures_citizen_id_visit_id_sequence_pk" PRIMARY KEY("citizen_id","visit_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "visit_services" (
	"citizen_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"compartments" text[] NOT NULL,
	"sequence" smallint NOT NULL,
	"code" text,
	"procedure_code" text,
	"material_code" text,
	"material_name" text,
	"material_package" text,
	"transport_code" text,
	"tender" text,
	"scope" text,
	"quantity" double precision NOT NULL,
	"service_rate" smallint,
	"payment_rate" smallint,
	"ceiling" bigint,
	"bed_code" text,
	"practitioner_code" text,
	"performer_code" text,
	"diagnosis_code" text,
	"traditional_diagnosis_code" text,
	"ordered_at" timestamp with time zone,
	"performed_at" timestamp with time zone,
	"result_at" timestamp with time zone,
	"payment_method_code" text,
	"is_relapsed_wound" boolean,
	"anaesthesia_code" text,
	"body_site_code" text,
	"device_code" text,
	"product_code" text,
	"is_reused" boolean,
	"department_code" text,
	"unit_price" bigint,
	"insured_unit_price" bigint,
	"hospital_amount" bigint,
	"insured_amount" bigint,
	"benefit_rate" smallint,
	"insurer_pays" bigint,
	"co_pay" bigint,
	"patient_pays" bigint,
	"state_budget" bigint,
	"foreign_aid" bigint,
	"domestic_aid" bigint,
	"other_funds" bigint,
	"other_sources" bigint,
	CONSTRAINT "visit_services_citizen_id_visit_id_sequence_pk" PRIMARY KEY("citizen_id","visit_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "visit_discharges" (
	"citizen_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"compartments" text[] NOT NULL,
	"archive_number" text,
	"health_code" text,
	"diagnosis" text,
	"treatment_method" text,
	"note" text,
	"head_practitioner_code" text,
	"practitioner_code" text,
	"practitioner_name" text,
	"issued_on" date,
	"temporary_card_code" text,
	"leave_days" smallint,
	"outpatient_from" date,
	"outpatient_to" date,
	"department_code" text,
	"father_name" text,
	"mother_name" text,
	"pregnancy_end_cause" text,
	"pregnancy_ended_at" timestamp with time zone,
	"pregnancy_weeks" smallint,
	CONSTRAINT "visit_discharges_citizen_id_visit_id_pk" PRIMARY KEY("citizen_id","visit_id"),
	CONSTRAINT "visit_discharges_reproductive" CHECK (num_nonnulls("visit_discharges"."pregnancy_end_cause", "visit_discharges"."pregnancy_ended_at", "visit_discharges"."pregnancy_weeks") = 0 or 'REPRODUCTIVE' = any("visit_discharges"."compartments"))
);
--> statement-breakpoint
CREATE TABLE "visit_progress_notes" (
	"citizen_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"compartments" text[] NOT NULL,
	"sequence" smallint NOT NULL,
	"progress" text NOT NULL,
	"stage" text,
	"consultation" text,
	"surgery" text,
	"noted_at" timestamp with time zone NOT NULL,
	"performer_code" text,
	CONSTRAINT "visit_progress_notes_citizen_id_visit_id_sequence_pk" PRIMARY KEY("citizen_id","visit_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "visit_re_examinations" (
	"citizen_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"compartments" text[] NOT NULL,
	"number" text NOT NULL,
	"appointed_on" date NOT NULL,
	"diagnosis" text,
	"practitioner_code" text,
	"head_practitioner_code" text,
	"issued_on" date,
	CONSTRAINT "visit_re_examinations_citizen_id_visit_id_pk" PRIMARY KEY("citizen_id","visit_id")
);
--> statement-breakpoint
CREATE TABLE "visit_referrals" (
	"citizen_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"compartments" text[] NOT NULL,
	"file_number" text,
	"referral_sequence" text,
	"number" text NOT NULL,
	"signs" text,
	"diagnosis" text,
	"course" text,
	"results" text,
	"treatment_method" text,
	"services" text,
	"drugs" text,
	"plan" text,
	"transport" text,
	"escort_name" text,
	"escort_title" text,
	"practitioner_code" text,
	"head_practitioner_code" text,
	"referred_from_code" text,
	"referred_to_code" text NOT NULL,
	"reason_code" text,
	CONSTRAINT "visit_referrals_citizen_id_visit_id_pk" PRIMARY KEY("citizen_id","visit_id")
);
--> statement-breakpoint
CREATE TABLE "visit_sick_leaves" (
	"citizen_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"compartments" text[] NOT NULL,
	"number" text NOT NULL,
	"serial" text,
	"examination_number" text,
	"employer" text,
	"insurance_number" text,
	"card_code" text,
	"diagnosis" text,
	"treatment_method" text,
	"days" smallint NOT NULL,
	"from" date NOT NULL,
	"to" date NOT NULL,
	"head_practitioner_code" text,
	"practitioner_code" text,
	"issued_on" date,
	"temporary_card_code" text,
	"form" text,
	"father_name" text,
	"mother_name" text,
	"pregnancy_end_cause" text,
	"pregnancy_ended_at" timestamp with time zone,
	"pregnancy_weeks" smallint,
	CONSTRAINT "visit_sick_leaves_citizen_id_visit_id_pk" PRIMARY KEY("citizen_id","visit_id"),
	CONSTRAINT "visit_sick_leaves_reproductive" CHECK (num_nonnulls("visit_sick_leaves"."pregnancy_end_cause", "visit_sick_leaves"."pregnancy_ended_at", "visit_sick_leaves"."pregnancy_weeks") = 0 or 'REPRODUCTIVE' = any("visit_sick_leaves"."compartments"))
);
--> statement-breakpoint
CREATE TABLE "visit_summaries" (
	"citizen_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"compartments" text[] NOT NULL,
	"employer" text,
	"course" text,
	"results" text,
	"treatment_method" text,
	"child_born_on" date,
	"child_died_on" date,
	"children_died" smallint,
	"note" text,
	"head_practitioner_code" text,
	"issued_on" date,
	"temporary_card_code" text,
	"father_name" text,
	"mother_name" text,
	"guardian_name" text,
	CONSTRAINT "visit_summaries_citizen_id_visit_id_pk" PRIMARY KEY("citizen_id","visit_id")
);
--> statement-breakpoint
CREATE TABLE "health_allergies" (
	"citizen_id" uuid NOT NULL,
	"entry_number" smallint NOT NULL,
	"compartments" text[] NOT NULL,
	"kind" text NOT NULL,
	"substance" text NOT NULL,
	"reaction" text,
	"severity" text,
	"recorded_on" date NOT NULL,
	"diagnosis_code" text,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "health_allergies_citizen_id_entry_number_pk" PRIMARY KEY("citizen_id","entry_number")
);
--> statement-breakpoint
CREATE TABLE "health_examinations" (
	"citizen_id" uuid NOT NULL,
	"entry_number" smallint NOT NULL,
	"compartments" text[] NOT NULL,
	"examined_on" date NOT NULL,
	"history" text,
	"pulse_per_minute" smallint,
	"temperature_tenths" smallint,
	"systolic_mm_hg" smallint,
	"diastolic_mm_hg" smallint,
	"breaths_per_minute" smallint,
	"weight_grams" integer,
	"height_mm" integer,
	"waist_mm" integer,
	"right_eye" text,
	"left_eye" text,
	"right_eye_corrected" text,
	"left_eye_corrected" text,
	"skin" text,
	"cardiovascular" text,
	"respiratory" text,
	"digestive" text,
	"urinary" text,
	"musculoskeletal" text,
	"endocrine" text,
	"neurological" text,
	"mental" text,
	"surgical" text,
	"obstetric" text,
	"ear_nose_throat" text,
	"dental" text,
	"eyes" text,
	"nutrition" text,
	"movement" text,
	"development" text,
	"laboratory" text,
	"advice" text,
	"practitioner_code" text,
	"facility_code" text,
	"diagnosis_code" text,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "health_examinations_citizen_id_entry_number_pk" PRIMARY KEY("citizen_id","entry_number"),
	CONSTRAINT "health_examinations_mental" CHECK ("health_examinations"."mental" is null or 'MENTAL' = any("health_examinations"."compartments")),
	CONSTRAINT "health_examinations_obstetric" CHECK ("health_examinations"."obstetric" is null or 'REPRODUCTIVE' = any("health_examinations"."compartments"))
);
--> statement-breakpoint
CREATE TABLE "health_family_histories" (
	"citizen_id" uuid NOT NULL,
	"entry_number" smallint NOT NULL,
	"compartments" text[] NOT NULL,
	"kind" text NOT NULL,
	"relation" text NOT NULL,
	"text" text NOT NULL,
	"recorded_on" date NOT NULL,
	"diagnosis_code" text,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "health_family_histories_citizen_id_entry_number_pk" PRIMARY KEY("citizen_id","entry_number")
);
--> statement-breakpoint
CREATE TABLE "health_files" (
	"citizen_id" uuid PRIMARY KEY NOT NULL,
	"profile_number" text NOT NULL,
	"opened_on" date NOT NULL,
	"full_name" text NOT NULL,
	"date_of_birth" text NOT NULL,
	"relation_to_head" text,
	"occupation_code" text,
	"blood_group" text,
	"rhesus" text,
	"managing_facility_code" text,
	"carer_relation" text,
	"carer_name" text,
	"delivery" text,
	"weight_grams" integer,
	"length_mm" integer,
	"was_premature" boolean,
	"was_asphyxiated" boolean,
	"defects" text,
	"problems" text,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "health_histories" (
	"citizen_id" uuid NOT NULL,
	"entry_number" smallint NOT NULL,
	"compartments" text[] NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"body_part" text,
	"since" text,
	"is_resolved" boolean,
	"recorded_on" date NOT NULL,
	"diagnosis_code" text,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "health_histories_citizen_id_entry_number_pk" PRIMARY KEY("citizen_id","entry_number")
);
--> statement-breakpoint
CREATE TABLE "health_immunisations" (
	"citizen_id" uuid NOT NULL,
	"entry_number" smallint NOT NULL,
	"compartments" text[] NOT NULL,
	"programme" text NOT NULL,
	"dose" smallint NOT NULL,
	"given_on" date NOT NULL,
	"lot_number" text,
	"reaction" text,
	"next_due_on" date,
	"vaccine_code" text NOT NULL,
	"facility_code" text,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "health_immunisations_citizen_id_entry_number_pk" PRIMARY KEY("citizen_id","entry_number")
);
--> statement-breakpoint
CREATE TABLE "health_risk_factors" (
	"citizen_id" uuid NOT NULL,
	"entry_number" smallint NOT NULL,
	"compartments" text[] NOT NULL,
	"kind" text NOT NULL,
	"level" text NOT NULL,
	"amount" text,
	"since_year" smallint,
	"quit_year" smallint,
	"detail" text,
	"recorded_on" date NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "health_risk_factors_citizen_id_entry_number_pk" PRIMARY KEY("citizen_id","entry_number")
);
--> statement-breakpoint
CREATE TABLE "patient_sheets" (
	"citizen_id" uuid NOT NULL,
	"sheet_number" smallint NOT NULL,
	"full_name" text NOT NULL,
	"identity_number" text,
	"date_of_birth" text NOT NULL,
	"sex" text NOT NULL,
	"blood_type" text,
	"nationality_code" text,
	"ethnicity_code" text,
	"occupation_code" text,
	"address" text,
	"province_code" text,
	"district_code" text,
	"ward_code" text,
	"phone" text,
	"card_code" text,
	"valid_from" date,
	"valid_to" date,
	"co_pay_exempt_from" date,
	"living_area" text,
	"five_year_continuous_from" date,
	"initial_facility_code" text,
	CONSTRAINT "patient_sheets_citizen_id_sheet_number_pk" PRIMARY KEY("citizen_id","sheet_number")
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"citizen_id" uuid NOT NULL,
	"visit_id" uuid NOT NULL,
	"sheet_number" smallint NOT NULL,
	"facility_code" text NOT NULL,
	"department_code" text,
	"visit_type_code" text NOT NULL,
	"patient_category_code" text,
	"encounter_code" text NOT NULL,
	"submission_sequence" integer,
	"patient_code" text NOT NULL,
	"record_number" text,
	"admitted_on" date NOT NULL,
	"admitted_at" timestamp with time zone NOT NULL,
	"inpatient_from" timestamp with time zone,
	"discharged_at" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"settlement_month" text,
	"treatment_days" smallint,
	"reason" text,
	"inpatient_reason" text,
	"admission_diagnosis" text,
	"discharge_diagnosis" text,
	"referral_number" text,
	"treatment_method" text,
	"note" text,
	"weight_grams" integer,
	"newborn_weights_grams" integer[],
	"re_examination_on" date,
	"head_practitioner_code" text,
	"reserve" text,
	"inpatient_reason_code" text,
	"main_diagnosis_code" text NOT NULL,
	"referred_from_code" text,
	"referred_to_code" text,
	"accident_code" text,
	"outcome_code" smallint,
	"discharge_type_code" text,
	"medicines" bigint,
	"supplies" bigint,
	"hospital_total" bigint,
	"insured_total" bigint,
	"patient_pays" bigint,
	"co_pay" bigint,
	"insurer_pays" bigint,
	"other_sources" bigint,
	"reviewed_insurer_pays" bigint,
	"compartments" text[] NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "visits_citizen_id_visit_id_pk" PRIMARY KEY("citizen_id","visit_id")
);
--> statement-breakpoint
ALTER TABLE "visit_diagnoses" ADD CONSTRAINT "visit_diagnoses_citizen_id_visit_id_visits_citizen_id_visit_id_fk" FOREIGN KEY ("citizen_id","visit_id") REFERENCES "public"."visits"("citizen_id","visit_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_drugs" ADD CONSTRAINT "visit_drugs_citizen_id_visit_id_visits_citizen_id_visit_id_fk" FOREIGN KEY ("citizen_id","visit_id") REFERENCES "public"."visits"("citizen_id","visit_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_lab_results" ADD CONSTRAINT "visit_lab_results_citizen_id_visit_id_visits_citizen_id_visit_id_fk" FOREIGN KEY ("citizen_id","visit_id") REFERENCES "public"."visits"("citizen_id","visit_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_procedures" ADD CONSTRAINT "visit_procedures_citizen_id_visit_id_visits_citizen_id_visit_id_fk" FOREIGN KEY ("citizen_id","visit_id") REFERENCES "public"."visits"("citizen_id","visit_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_services" ADD CONSTRAINT "visit_services_citizen_id_visit_id_visits_citizen_id_visit_id_fk" FOREIGN KEY ("citizen_id","visit_id") REFERENCES "public"."visits"("citizen_id","visit_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_discharges" ADD CONSTRAINT "visit_discharges_citizen_id_visit_id_visits_citizen_id_visit_id_fk" FOREIGN KEY ("citizen_id","visit_id") REFERENCES "public"."visits"("citizen_id","visit_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_progress_notes" ADD CONSTRAINT "visit_progress_notes_citizen_id_visit_id_visits_citizen_id_visit_id_fk" FOREIGN KEY ("citizen_id","visit_id") REFERENCES "public"."visits"("citizen_id","visit_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_re_examinations" ADD CONSTRAINT "visit_re_examinations_citizen_id_visit_id_visits_citizen_id_visit_id_fk" FOREIGN KEY ("citizen_id","visit_id") REFERENCES "public"."visits"("citizen_id","visit_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_referrals" ADD CONSTRAINT "visit_referrals_citizen_id_visit_id_visits_citizen_id_visit_id_fk" FOREIGN KEY ("citizen_id","visit_id") REFERENCES "public"."visits"("citizen_id","visit_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_sick_leaves" ADD CONSTRAINT "visit_sick_leaves_citizen_id_visit_id_visits_citizen_id_visit_id_fk" FOREIGN KEY ("citizen_id","visit_id") REFERENCES "public"."visits"("citizen_id","visit_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_summaries" ADD CONSTRAINT "visit_summaries_citizen_id_visit_id_visits_citizen_id_visit_id_fk" FOREIGN KEY ("citizen_id","visit_id") REFERENCES "public"."visits"("citizen_id","visit_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "health_allergies" ADD CONSTRAINT "health_allergies_citizen_id_health_files_citizen_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."health_files"("citizen_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "health_examinations" ADD CONSTRAINT "health_examinations_citizen_id_health_files_citizen_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."health_files"("citizen_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "health_family_histories" ADD CONSTRAINT "health_family_histories_citizen_id_health_files_citizen_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."health_files"("citizen_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "health_histories" ADD CONSTRAINT "health_histories_citizen_id_health_files_citizen_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."health_files"("citizen_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "health_immunisations" ADD CONSTRAINT "health_immunisations_citizen_id_health_files_citizen_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."health_files"("citizen_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "health_risk_factors" ADD CONSTRAINT "health_risk_factors_citizen_id_health_files_citizen_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."health_files"("citizen_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_citizen_id_sheet_number_patient_sheets_citizen_id_sheet_number_fk" FOREIGN KEY ("citizen_id","sheet_number") REFERENCES "public"."patient_sheets"("citizen_id","sheet_number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "visits_newest" ON "visits" USING btree ("citizen_id","admitted_on","visit_id");