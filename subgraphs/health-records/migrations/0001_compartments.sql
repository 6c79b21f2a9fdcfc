-- Rows that are there belong to no compartment; new ones must say.
ALTER TABLE "health_files" ADD COLUMN "birth_compartments" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "health_files" ALTER COLUMN "birth_compartments" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "patient_sheets" ADD COLUMN "compartments" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "patient_sheets" ALTER COLUMN "compartments" DROP DEFAULT;
