/**
 * What a Neon database may have before the first migration of a project, as far as migrations use it:
 * its roles, the functions of Neon RLS, and the users that Neon Auth keeps in the database
 * (https://neon.com/docs/manage/roles, /docs/guides/neon-rls, /docs/neon-auth/overview).
 */
export const NEON = `
create role neon_superuser nologin createdb createrole bypassrls;
create role authenticated nologin;
create role anonymous nologin;
grant usage on schema public to authenticated, anonymous;
create schema auth;
grant usage on schema auth to authenticated, anonymous;
create function auth.user_id() returns text language sql stable as
  $$ select nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub' $$;
create function auth.uid() returns uuid language sql stable as
  $$ select (nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')::uuid $$;
create function auth.session() returns jsonb language sql stable as
  $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
create schema neon_auth;
create table neon_auth.users_sync (raw_json jsonb not null,
  id text primary key generated always as (raw_json ->> 'id') stored,
  name text generated always as (raw_json ->> 'display_name') stored,
  email text generated always as (raw_json ->> 'primary_email') stored,
  created_at timestamptz, updated_at timestamptz, deleted_at timestamptz);
`
