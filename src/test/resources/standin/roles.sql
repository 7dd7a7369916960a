-- The roles of a hosted project. Roles belong to the cluster, so this script runs once per server, as a superuser that is dropped afterwards.
-- The bootstrap superuser is renamed to supabase_admin, the operator of hosted projects; postgres is created without superuser rights.

alter role postgres rename to supabase_admin;
alter role supabase_admin password 'postgres';

create role postgres login createrole createdb bypassrls replication password 'postgres';
create role anon nologin;
create role authenticated nologin;
create role service_role nologin bypassrls;
create role authenticator login noinherit password 'postgres';
create role supabase_auth_admin nologin noinherit createrole;
create role supabase_storage_admin nologin noinherit createrole;

alter role postgres set search_path to "$user", public, extensions;
alter role supabase_admin set search_path to "$user", public, auth, extensions;
alter role supabase_auth_admin set search_path to auth;
alter role supabase_storage_admin set search_path to storage;
alter role anon set statement_timeout to '3s';
alter role authenticated set statement_timeout to '8s';
alter role authenticator set statement_timeout to '8s';
alter role authenticator set lock_timeout to '8s';

alter database postgres owner to postgres;
