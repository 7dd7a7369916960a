-- Makes an empty project ready for a restore: takes away the privileges that it would give anon and others on every table that is made.
--
-- A dump names what was granted, and not what was withheld: restored over these defaults, tables end up open to anon. The dump brings
-- the defaults back at its end.

alter default privileges for role postgres in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on functions from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on sequences from anon, authenticated, service_role;
