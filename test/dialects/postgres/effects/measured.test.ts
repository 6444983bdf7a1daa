import { describe, expect, test } from 'vitest'
import { total, traceMigration } from '../../../../src/verify/trace/index.ts'
import { sharedPglite } from '../../../verify/trace/shared.ts'
import { deploy, isTold, model, replay } from './model.ts'

const pglite = sharedPglite()
const SESSION = { version: 18, timezone: 'UTC', transaction: 'deployment' } as const

interface Case {
  readonly name: string
  readonly before: string
  readonly sql: string
}

const TABLES = `create table parents (id int primary key, name text);
create table children (id int primary key, parent_id int, name text);`

const DEFERRED = `create table p (id int primary key);
create table c (id int primary key, n int, p_id int references p deferrable initially deferred)`

/** What the corpus and the truth do not have, or what the model once had wrong. */
const CASES: readonly Case[] = [
  {
    name: 'a foreign key written NOT ENFORCED at its column checks nothing',
    before: TABLES,
    sql: 'alter table children add column other int default 1 references parents (id) not enforced',
  },
  {
    name: 'a check written NOT ENFORCED at its column reads nothing',
    before: TABLES,
    sql: 'alter table children add column other int default 1 check (other > 1) not enforced',
  },
  {
    name: 'a foreign key that is enforced later is checked then',
    before: `${TABLES} alter table children add constraint f foreign key (parent_id) references parents not enforced`,
    sql: 'alter table children alter constraint f enforced',
  },
  {
    name: 'a foreign key of a column that is NULL everywhere asks nothing of the other table',
    before: TABLES,
    sql: `alter table children add column other int;
      alter table children add foreign key (other) references parents (id)`,
  },
  {
    name: 'a foreign key of a column that some rows have a value in asks the other table',
    before: TABLES,
    sql: `alter table children add column other int; update children set other = 1 where id > 5;
      alter table children add foreign key (other) references parents (id)`,
  },
  {
    name: 'a foreign key of a column that a condition may have filled asks the other table',
    before: TABLES,
    sql: `alter table children add column other int;
      do $$ begin if current_date is not null then update children set other = 1; end if; end $$;
      alter table children add foreign key (other) references parents (id)`,
  },
  {
    name: 'rows without a value may be filled by several conditions at once',
    before: TABLES,
    sql: `alter table children add column a int, add column b int;
      update children set a = 1, b = 2 where a is null or b is null;
      alter table children alter column a set not null, alter column b set not null`,
  },
  {
    name: 'rows without a value may be deleted',
    before: TABLES,
    sql: `alter table children add column a int;
      update children set a = 1 where id > 5;
      delete from children where a is null;
      alter table children alter column a set not null`,
  },
  {
    name: 'a sequence that is there already',
    before: 'create sequence s1',
    sql: 'create sequence s1',
  },
  {
    name: 'a sequence under the name of a table',
    before: TABLES,
    sql: 'create sequence children',
  },
  {
    name: 'a sequence renamed to one that is there',
    before: 'create sequence s1; create sequence s2',
    sql: 'alter sequence s1 rename to s2',
  },
  {
    name: 'the sequence of a serial column cannot be dropped alone',
    before: 'create table users (id serial primary key)',
    sql: 'drop sequence users_id_seq',
  },
  {
    name: 'the sequence of a serial column takes the default along with CASCADE',
    before: 'create table users (id serial primary key)',
    sql: 'drop sequence users_id_seq cascade',
  },
  {
    name: 'the sequence of a serial column whose default is gone',
    before: `create table users (id serial primary key); alter table users alter column id drop default`,
    sql: 'drop sequence users_id_seq',
  },
  {
    name: 'the sequence of an identity column cannot be dropped with CASCADE either',
    before: 'create table users (id int generated always as identity)',
    sql: 'drop sequence users_id_seq cascade',
  },
  {
    name: 'a schema renamed to one that is there',
    before: 'create schema auth',
    sql: 'alter schema auth rename to public',
  },
  {
    name: 'a schema renamed to one that is not',
    before: 'create schema auth',
    sql: 'alter schema auth rename to login',
  },
  {
    name: 'a foreign key hangs on the oldest index that fits, so that another may go',
    before: `create table u (id text primary key); alter table u add constraint u_id_unique unique (id);
      create table p (id int primary key, u text references u (id))`,
    sql: 'alter table u drop constraint u_id_unique',
  },
  {
    name: 'a foreign key hangs on the oldest index that fits, which has to stay',
    before: `create table u (id text not null); alter table u add constraint u_id_unique unique (id);
      alter table u add primary key (id); create table p (id int primary key, u text references u (id))`,
    sql: 'alter table u drop constraint u_id_unique',
  },
  {
    name: 'a foreign key without columns hangs on the primary key, however young',
    before: `create table u (id text not null); alter table u add constraint u_id_unique unique (id);
      alter table u add primary key (id); create table p (id int primary key, u text references u)`,
    sql: 'alter table u drop constraint u_id_unique',
  },
  {
    name: 'a foreign key keeps the unique index it hangs on',
    before: `create table u (id text); create unique index u_id on u (id);
      create table p (id int primary key, u text references u (id))`,
    sql: 'drop index u_id',
  },
  {
    name: 'PRIMARY KEY and UNIQUE on the same column are one constraint with the name that is given',
    before: 'create table u (id text primary key, constraint u_id_unique unique (id))',
    sql: 'alter table u drop constraint u_id_unique; alter table u add primary key (id)',
  },
  {
    name: 'a materialized view that is there already is not filled again',
    before: `${TABLES} create materialized view m as select id from parents`,
    sql: 'create materialized view if not exists m as select id from parents',
  },
  {
    name: "a policy's sub-select names the columns of its own tables",
    before: `create table products (id int primary key); create table forms (id int primary key, product_id int);
      create policy p on forms using (product_id in (select id from products))`,
    sql: 'alter table forms alter column id type bigint',
  },
  {
    name: "a policy's sub-select keeps the columns of its own tables from being altered",
    before: `create table products (id int primary key); create table forms (id int primary key, product_id int);
      create policy p on forms using (product_id in (select id from products))`,
    sql: 'alter table products alter column id type bigint',
  },
  {
    name: "a policy's sub-select may name the columns of the policy's table",
    before: `create table products (id int primary key); create table forms (id int primary key, product_id int);
      create policy p on forms using (exists (select 1 from products where products.id = product_id))`,
    sql: 'alter table forms alter column product_id type bigint',
  },
  {
    name: "a view's sub-select names the columns of its own tables",
    before: `create table a (id int, x int); create table b (id int);
      create view v as select x from a where x in (select id from b)`,
    sql: 'alter table a alter column id type bigint',
  },
  {
    name: "a view's sub-select may name the columns of the query around it",
    before: `create table a (id int, x int); create table b (y int);
      create view v as select x from a where exists (select 1 from b where y = id)`,
    sql: 'alter table a alter column id type bigint',
  },
  {
    name: 'a view that joins with USING reads the columns of both sides',
    before: `create table a (id int, x int); create table b (id int, y int);
      create view v as select x, y from a join b using (id)`,
    sql: 'alter table b alter column id type bigint',
  },
  {
    name: 'a view reads what WITH gives by its own name',
    before: `create table a (id int, x int); create table b (id int, z int);
      create view v as with q as (select x as id from a) select id from q`,
    sql: 'alter table a alter column id type bigint',
  },
  {
    name: 'a unique index on a column that is NULL everywhere finds no duplicates',
    before: TABLES,
    sql: 'alter table parents add column slug text; create unique index u on parents (slug)',
  },
  {
    name: 'a unique constraint on a column that is NULL everywhere finds no duplicates',
    before: TABLES,
    sql: 'alter table parents add column slug text; alter table parents add unique (slug)',
  },
  {
    name: 'DROP TRIGGER IF EXISTS locks nothing where there is none',
    before: TABLES,
    sql: 'drop trigger if exists stamp on parents',
  },
  {
    name: 'DROP TRIGGER IF EXISTS locks the table of the trigger',
    before: `${TABLES} create function f() returns trigger language plpgsql as 'begin return new; end';
      create trigger stamp before insert on parents for each row execute function f()`,
    sql: 'drop trigger if exists stamp on parents',
  },
  {
    name: 'DROP POLICY IF EXISTS locks nothing where there is none',
    before: TABLES,
    sql: 'drop policy if exists everyone on parents',
  },
  {
    name: 'DROP POLICY IF EXISTS locks the table of the policy',
    before: `${TABLES} create policy everyone on parents`,
    sql: 'drop policy if exists everyone on parents',
  },
  {
    name: 'an UPDATE joined to another table reads both',
    before: TABLES,
    sql: 'update children c set name = p.name from parents p where p.id = c.parent_id',
  },
  {
    name: 'an UPDATE of one row by its key reads nothing in full',
    before: TABLES,
    sql: "update children set name = 'x' where id = 1",
  },
  {
    name: 'what WITH names is no table, in a writing query beside it either',
    before: TABLES,
    sql: `with named as (select id, name from parents), copied as (
        insert into children select id + 10000, id, name from named returning id
      ) select count(*) from copied`,
  },
  {
    name: 'a default of the new type already stays when the column changes to it',
    before: `create type state as enum ('on', 'off'); create table t (id int primary key, s text default 'on');
      insert into t select g, 'on' from generate_series(1, 10) g`,
    sql: `alter table t alter column s set default 'on'::state;
      alter table t alter column s type state using s::state`,
  },
  {
    name: 'a default of the old type stands in the way',
    before:
      "create type state as enum ('on', 'off'); create table t (id int primary key, s text default 'on')",
    sql: 'alter table t alter column s type state using s::state',
  },
  {
    name: 'TRUNCATE replaces the file and reads nothing',
    before: TABLES,
    sql: 'truncate children',
  },
  {
    name: 'a primary key from an index reads columns that may be NULL',
    before: `create table t as select g as id from generate_series(1, 10) g; create unique index i on t (id)`,
    sql: 'alter table t add constraint t_pk primary key using index i',
  },
  {
    name: 'a primary key from an index spares columns that may not',
    before: `create table t as select g as id from generate_series(1, 10) g; create unique index i on t (id);
      alter table t alter column id set not null`,
    sql: 'alter table t add constraint t_pk primary key using index i',
  },
  {
    name: 'a primary key from an index reads columns that may be NULL again',
    before: `create table t as select g as id from generate_series(1, 10) g; create unique index i on t (id);
      alter table t alter column id set not null; alter table t alter column id drop not null`,
    sql: 'alter table t add constraint t_pk primary key using index i',
  },
  {
    name: 'REFRESH reads what the view reads, not the view',
    before: `${TABLES} create materialized view v as select name from parents`,
    sql: 'refresh materialized view v',
  },
  {
    name: 'a check that asks for a value is refused by a column that comes without',
    before: TABLES,
    sql: 'alter table children add column a int check (a is not null)',
  },
  {
    name: 'a check of a column that comes without a value lets NULL pass',
    before: TABLES,
    sql: 'alter table children add column a int check (a > 0)',
  },
  {
    name: 'a check that asks for a value is refused by a column that was added before it',
    before: TABLES,
    sql: `alter table children add column a int;
      alter table children add constraint c check (a is not null and id > 0)`,
  },
  {
    name: 'an identity counts in whole numbers only, whatever else is wrong with the column',
    before: TABLES,
    sql: 'alter table children alter column name add generated always as identity',
  },
  {
    name: 'a new identity counts in whole numbers only',
    before: TABLES,
    sql: 'alter table children add column a text generated always as identity',
  },
  {
    name: 'a unique constraint of ONLY a partitioned table builds nothing and locks no partition',
    before: `create table logs (id int, day date) partition by range (day);
      create table logs_1 partition of logs for values from ('2026-01-01') to ('2027-01-01')`,
    sql: 'alter table only logs add constraint logs_unique unique (id, day)',
  },
  {
    name: 'nobody looks for NULL in a column that holds none',
    before: TABLES,
    sql: 'update children set name = 1 where id is null',
  },
  {
    name: 'NULL is looked for in a column that may hold it',
    before: TABLES,
    sql: 'update children set name = 1 where parent_id is null',
  },
  {
    name: 'a cast by way of text of what is text already moves nothing',
    before: TABLES,
    sql: 'alter table children alter column name type text using name::varchar::text',
  },
  {
    name: 'a cast by way of text stores the table anew',
    before: TABLES,
    sql: 'alter table children alter column parent_id type bigint using parent_id::text::bigint',
  },
  {
    name: 'an identity keeps its value NOT NULL, before the key is asked',
    before: 'create table t (id int primary key generated by default as identity)',
    sql: 'alter table t alter column id drop not null',
  },
  {
    name: 'an identity takes no default',
    before: 'create table t (id int primary key generated by default as identity)',
    sql: 'alter table t alter column id set default 0',
  },
  {
    name: 'a generated column has no default to drop',
    before: 'create table t (id int, twice int generated always as (id * 2) stored)',
    sql: 'alter table t alter column twice drop default',
  },
  {
    name: 'an identity counts in whole numbers, whatever USING says',
    before: 'create table t (id int primary key generated by default as identity)',
    sql: 'alter table t alter column id type date',
  },
  {
    name: 'json has no order that a unique constraint could stand on',
    before: TABLES,
    sql: 'create table t (id int, data json, unique (id, data))',
  },
  {
    name: 'json has no order that an index could stand on',
    before: 'create table t (data json)',
    sql: 'create index i on t (data)',
  },
  {
    name: 'an expression of json has one',
    before: 'create table t (data json)',
    sql: 'create index i on t ((data::text))',
  },
  {
    name: 'an operator class that is written gives the order',
    before: 'create table t (data text)',
    sql: 'create index i on t (data text_pattern_ops)',
  },
  {
    name: 'a key cannot become json',
    before: 'create table t (id text primary key)',
    sql: 'alter table t alter column id type json using id::json',
  },
  {
    name: 'what is in the write-ahead log already is not rewritten for it',
    before: TABLES,
    sql: 'alter table parents set logged',
  },
  {
    name: 'SET LOGGED stores an unlogged table anew',
    before: 'create unlogged table t (id int)',
    sql: 'alter table t set logged',
  },
  {
    name: 'SET UNLOGGED leaves an unlogged table as it is',
    before: 'create table t (id int); alter table t set unlogged',
    sql: 'alter table t set unlogged',
  },
  {
    name: 'DROP COLUMN CASCADE locks the tables whose keys go',
    before: `${TABLES} alter table children add foreign key (parent_id) references parents (id)`,
    sql: 'alter table parents drop column id cascade',
  },
  {
    name: 'DROP COLUMN CASCADE locks the tables whose policies go',
    before: `${TABLES} create policy p on children using (name in (select name from parents))`,
    sql: 'alter table parents drop column name cascade',
  },
  {
    name: 'DROP COLUMN CASCADE locks views of views',
    before: `${TABLES} create view v as select name from parents; create view w as select * from v`,
    sql: 'alter table parents drop column name cascade',
  },
  {
    name: 'a foreign key keeps its columns comparable, on the referencing side',
    before: `create table p (id uuid primary key); create table c (p_id uuid references p)`,
    sql: 'alter table c alter column p_id type text',
  },
  {
    name: 'a foreign key keeps its columns comparable, on the referenced side',
    before: `create table p (id uuid primary key); create table c (p_id uuid references p)`,
    sql: 'alter table p alter column id type text',
  },
  {
    name: 'both columns of a foreign key within one table may change at once',
    before: 'create table t (id int primary key, parent_id int references t)',
    sql: 'alter table t alter column id type text, alter column parent_id type text',
  },
  {
    name: 'a foreign key stands on integers of any width',
    before: `create table p (id int primary key); create table c (p_id int references p)`,
    sql: 'alter table p alter column id type bigint',
  },
  {
    name: 'what was deleted is not validated against anything',
    before: `${TABLES} alter table children add constraint f foreign key (parent_id) references parents not valid`,
    sql: 'delete from children; alter table children validate constraint f',
  },
  {
    name: 'a check compares with constants of the old type',
    before: `create table t (status text check (status <> 'gone')); create type s as enum ('a')`,
    sql: `alter table t alter column status type s using 'a'::s`,
  },
  {
    name: 'an index compares with constants of the old enum',
    before: `create type s as enum ('a'); create table t (id int, status s);
      create index i on t (id) where status = 'a'`,
    sql: 'alter table t alter column status type text',
  },
  {
    name: 'a varchar is compared as text, whatever it becomes',
    before: `create table t (status varchar(9) check (status in ('x', 'y') or status <> 'gone')); create type s as enum ('a')`,
    sql: `alter table t alter column status type s using 'a'::s`,
  },
  {
    name: 'numbers of any kind can be compared',
    before: 'create table t (n int check (n > 0))',
    sql: 'alter table t alter column n type numeric',
  },
  {
    name: 'a text cannot be compared with a number',
    before: 'create table t (n int check (n > 0))',
    sql: 'alter table t alter column n type text',
  },
  {
    name: 'a list of numbers is compared with each',
    before: 'create table t (n int check (n in (1, 2)))',
    sql: 'alter table t alter column n type text',
  },
  {
    name: 'nothing sets a generated column to NULL',
    before: `${TABLES} alter table children add g int generated always as (1) stored`,
    sql: 'alter table children add foreign key (g) references parents (id) on delete set null',
  },
  {
    name: 'a virtual column is no foreign key',
    before: `${TABLES} alter table children add g int generated always as (1) virtual`,
    sql: 'alter table children add foreign key (g) references parents (id)',
  },
  {
    name: 'a view under the name of a view',
    before: `${TABLES} create view v as select 1 as a`,
    sql: 'create view v as select 2 as a',
  },
  {
    name: 'a view under the name of a table',
    before: TABLES,
    sql: 'create materialized view parents as select 2 as a',
  },
  {
    name: 'rows that wait for a deferred foreign key keep the table from being altered',
    before: DEFERRED,
    sql: 'update c set p_id = 1; alter table c add column x int',
  },
  {
    name: 'and from getting an index',
    before: DEFERRED,
    sql: 'update c set p_id = 1; create index i on c (n)',
  },
  {
    name: 'a column that no foreign key is on makes nothing wait',
    before: DEFERRED,
    sql: 'update c set n = 1; alter table c add column x int',
  },
  {
    name: 'the table that a deferred foreign key points at waits for a key that changes',
    before: DEFERRED,
    sql: 'update p set id = -id; alter table p add column x int',
  },
  {
    name: 'a rename does not mind',
    before: DEFERRED,
    sql: 'update c set p_id = 1; alter table c rename to d',
  },
  {
    name: 'SET CONSTRAINTS ALL IMMEDIATE checks what waits',
    before: DEFERRED,
    sql: 'update c set p_id = null; update c set p_id = 5; set constraints all immediate; alter table c add column x int',
  },
  {
    name: 'SET CONSTRAINTS ALL DEFERRED makes what is deferrable wait',
    before:
      'create table p (id int primary key); create table c (id int primary key, p_id int references p deferrable);',
    sql: 'set constraints all deferred; update c set p_id = 5; alter table c add column x int',
  },
  {
    name: 'rows of the referenced table are deleted: a child without an index is read for each',
    before: `${TABLES} alter table children add foreign key (parent_id) references parents (id) on delete cascade`,
    sql: 'delete from parents where id = 3',
  },
  {
    name: 'another column of the referenced table concerns no child',
    before: `${TABLES} alter table children add foreign key (parent_id) references parents (id)`,
    sql: `update parents set name = 'x'`,
  },
  {
    name: 'what is logged does not hang on what is not',
    before: `${TABLES} alter table children add foreign key (parent_id) references parents (id)`,
    sql: 'alter table parents set unlogged',
  },
  {
    name: 'what does not survive a crash may point at what does',
    before: `${TABLES} alter table children add foreign key (parent_id) references parents (id)`,
    sql: 'alter table children set unlogged',
  },
  {
    name: 'a logged table cannot point at an unlogged one',
    before: `${TABLES} alter table parents set unlogged`,
    sql: 'alter table children add foreign key (parent_id) references parents (id)',
  },
  {
    name: 'a virtual column is not kept unique',
    before: `${TABLES} alter table children add g int generated always as (1) virtual`,
    sql: 'alter table children add unique (g)',
  },
  {
    name: 'a virtual column has no index',
    before: `${TABLES} alter table children add g int generated always as (1) virtual`,
    sql: 'create index i on children (g)',
  },
  {
    name: 'a partition goes with its parent, and may be named beside it',
    before: `create table p (id int) partition by list (id); create table c partition of p for values in (1)`,
    sql: 'drop table p, c',
  },
  {
    name: 'a table that was written to as a view is one no longer',
    before: `${TABLES} create view v as select * from parents`,
    sql: `insert into v values (-5, 'x'); drop view v; create view v as select 1 as a`,
  },
  {
    name: 'IF EXISTS of a table that is gone does nothing',
    before: TABLES,
    sql: 'drop table children; alter table if exists children add column x int; alter table if exists children rename to kids',
  },
  {
    name: 'a move to where it is already does nothing',
    before: TABLES,
    sql: 'alter table children set schema public',
  },
  {
    name: 'an identity is dropped before NOT NULL',
    before: 'create table t (id int generated always as identity)',
    sql: 'alter table t alter column id drop not null, alter column id drop identity',
  },
  {
    name: 'what CREATE SCHEMA creates stands in the schema',
    before: TABLES,
    sql: 'create schema s create index i on parents (id) create table parents (id int); drop table s.parents',
  },
  {
    name: 'a policy goes with the view that it reads',
    before: `${TABLES} create view v as select name from parents;
      create policy p on children using (name in (select name from v))`,
    sql: 'drop view v cascade; create policy p on children using (true)',
  },
  {
    name: 'a domain goes with its type',
    before: `create type pair as (a int, b int); create domain d as pair`,
    sql: 'drop type pair cascade; create domain d as text',
  },
  {
    name: 'a table in a temporary schema may be there again',
    before: TABLES,
    sql: 'create temp table x (id int) on commit drop; drop table x; create temp table x (id int)',
  },
  {
    name: 'two names that are the same once they are cut to 63 bytes',
    before: TABLES,
    sql: `alter table children add constraint ${'a'.repeat(63)}_name_check check (id > 0) not valid;
      alter table children add constraint ${'a'.repeat(63)}_other_check check (id > 0) not valid`,
  },
  {
    name: 'two indexes that are the same once they are cut to 63 bytes',
    before: TABLES,
    sql: `create index "${'ä'.repeat(31)}_x1" on children (id); create index "${'ä'.repeat(31)}_y2" on children (name)`,
  },
  {
    name: 'a condition of a DO block that counts a table reads it',
    before: TABLES,
    sql: `do $$ begin if (select count(*) from parents) > 1000000 then null; end if; end $$`,
  },
  {
    name: 'a query whose result a DO block keeps reads the table',
    before: TABLES,
    sql: `do $$ declare n int; begin select count(*) into n from parents; end $$`,
  },
  {
    name: 'a generated column has no values of its own to convert',
    before: 'create table t (id int, n int generated always as (id + 1) stored)',
    sql: 'alter table t alter n set data type float8 using n::text::float8',
  },
  {
    name: 'the type of a virtual column concerns no row',
    before: 'create table t (id int, n int generated always as (id + 1) virtual)',
    sql: 'alter table t alter n set data type bigint',
  },
  {
    name: 'a check that compares what becomes an array',
    before: `create table t (id text check (id::text <> 'a'))`,
    sql: 'alter table t alter id set data type text[] using id::text::text[]',
  },
  {
    name: 'TRUNCATE … CASCADE goes on to what points at what it empties',
    before: `create table a (id int primary key); create table b (id int primary key references a);
      create table c (id int primary key references b)`,
    sql: 'truncate a cascade',
  },
  ...[
    'update t set id = 7',
    'update t set g = 7',
    'insert into t (id) values (1)',
    'insert into t (id, n) values (default, 1), (2, 2)',
    'insert into t (id, n) select 1, 2',
    'update t set id = default',
    'insert into t (id, n) values (default, 1)',
    'insert into t (id) overriding system value values (1)',
  ].map((sql) => ({
    name: `what the server alone writes: ${sql}`,
    before: `create table t (id int generated always as identity, n int, g int generated always as (n + 1) stored)`,
    sql,
  })),
  {
    name: 'what does not parse fails',
    before: TABLES,
    sql: 'alter tabel parents add column x int',
  },
]

describe('what PostgreSQL does is what the model says', () => {
  test.for(CASES)('$name', async ({ before, sql }) => {
    const deployed = deploy(SESSION, [before])
    const told = model(replay(SESSION, deployed, [sql]).changes, SESSION)
    const { statements } = await traceMigration(await pglite(), { before, sql: [sql] })
    const measured = total(statements)
    expect(told.certain).toEqual(measured.error === null ? [] : [measured.error.code])
    if (measured.error !== null) return
    const locks = Object.entries(measured.locks).filter(
      ([name, mode]) => isTold(mode) && !/index|sequence/.test(measured.kinds[name] ?? ''),
    )
    expect(told.locks).toEqual(Object.fromEntries(locks))
    expect(told.rewritten).toEqual(measured.rewritten)
    expect(told.scanned).toEqual(measured.scanned)
    expect(told.builtOn).toEqual(measured.builtOn)
  })
})

test('a check that sees how a number is written may fail once it is of another type', async () => {
  const before = 'create table t (n numeric(10, 2) check (n::text <> 1.5::text))'
  const sql = ['update t set n = 1.5', 'alter table t alter n set data type double precision']
  const { changes } = replay(SESSION, deploy(SESSION, [before]), [sql.join(';')])
  expect(model(changes, SESSION).possible).toContain('23514')
  const { statements } = await traceMigration(await pglite(), { before, sql })
  expect(total(statements).error?.code).toBe('23514')
})
