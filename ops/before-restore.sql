-- Prepares an empty project for a restore: revokes the default privileges of the API roles on new objects.
--
-- A dump contains grants, but not the default grants that a changeset revoked, so tables restored with these defaults would be open to
-- anon. The dump restores the default privileges at its end.

alter default privileges for role postgres in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on functions from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on sequences from anon, authenticated, service_role;
