-- Two accounts: kirishima_owner owns the tables and migrates, kirishima_app is what the server uses. It reads and writes
-- rows and can neither take a guard (trigger) away nor go round it. Once, as the administrator of the server:
--     psql -d postgres -f deploy/postgresql/accounts.sql
--     psql -d postgres -c '\password kirishima_owner' -c '\password kirishima_app'
--     psql -d postgres -v name=kirishima -f deploy/postgresql/database.sql
\set ON_ERROR_STOP on

CREATE ROLE kirishima_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
CREATE ROLE kirishima_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
