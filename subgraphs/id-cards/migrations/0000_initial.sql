CREATE TABLE "card_chips" (
	"citizen_id" uuid NOT NULL,
	"card_id" uuid NOT NULL,
	"other_names" text[] NOT NULL,
	"ethnicity_code" text NOT NULL,
	"ethnicity_name" text NOT NULL,
	"religion_code" text,
	"religion_name" text,
	"blood_type" text,
	"father_name" text,
	"mother_name" text,
	"spouse_name" text,
	CONSTRAINT "card_chips_citizen_id_card_id_pk" PRIMARY KEY("citizen_id","card_id")
);
--> statement-breakpoint
CREATE TABLE "document_types" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"is_physical" boolean NOT NULL,
	"has_chip" boolean NOT NULL,
	"qr_layout" text,
	"is_renewed_by_age" boolean NOT NULL,
	"ended_from" date
);
--> statement-breakpoint
CREATE TABLE "id_cards" (
	"citizen_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"document_type" text NOT NULL,
	"document_number" text NOT NULL,
	"full_name" text NOT NULL,
	"date_of_birth" text NOT NULL,
	"sex" text NOT NULL,
	"nationality" text NOT NULL,
	"place_of_origin" text,
	"place_of_birth_registration" text,
	"residence" text NOT NULL,
	"personal_features" text,
	"issued_on" date NOT NULL,
	"expires_on" date,
	"issuing_authority" text NOT NULL,
	"reissue_reason" text NOT NULL,
	"decided_status" text,
	"old_number" text,
	"cancelled_number" text,
	"as_of" timestamp with time zone NOT NULL,
	"integration_status" text NOT NULL,
	CONSTRAINT "id_cards_citizen_id_id_pk" PRIMARY KEY("citizen_id","id")
);
--> statement-breakpoint
ALTER TABLE "card_chips" ADD CONSTRAINT "card_chips_card" FOREIGN KEY ("citizen_id","card_id") REFERENCES "public"."id_cards"("citizen_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "id_cards" ADD CONSTRAINT "id_cards_document_type_document_types_code_fk" FOREIGN KEY ("document_type") REFERENCES "public"."document_types"("code") ON DELETE no action ON UPDATE no action;