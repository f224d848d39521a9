create schema odd;
create schema "Odd.S""x";
create schema empty;
do $$ begin execute 'create table odd.wide (' || (select string_agg('c' || g || ' int', ', ' order by g) from generate_series(1, 1600) g) || ')'; end $$;
do $$ begin execute 'insert into odd.wide values (' || (select string_agg(g::text, ', ' order by g) from generate_series(1, 1600) g) || ')'; end $$;
do $$
declare
  names text[] := array['Upper Case', 'a.b', 'a"b', 'select', 'ünïcødé 😀', '$1', '%s', E'line\nbreak', 'a/*b', '--', 'a''b', 'x;y', 'into', 'U&', ' lead', 'trail ',
    '@name', '{0}', 'pg_mine', 'count', 'current_user', 'values', E'tab\t', 'back\slash', repeat('n', 63), repeat('ü', 31), 'ROW', '1st', 'İ', '*', '(', 'a::b'];
  name text;
begin
  foreach name in array names loop
    execute format('create table "Odd.S""x".%I (id int primary key, %I text, other int)', name, name);
    execute format('insert into "Odd.S""x".%I values (1, %L, 2), (2, null, null)', name, name);
    execute format('comment on table "Odd.S""x".%I is %L', name, name);
  end loop;
end $$;
create table odd.none ();
create table odd.dropped (a int, gone int, b text generated always as ('x') stored, c int generated always as identity);
alter table odd.dropped drop column gone;
insert into odd.dropped (a) values (1);
create table odd.parent (id int primary key, region text not null) ;
create table odd.child (extra text) inherits (odd.parent);
insert into odd.parent values (1, 'p');
insert into odd.child values (2, 'c', 'x');
create table odd.sales (region text not null, at date not null, amount int, primary key (region, at)) partition by list (region);
create table odd.sales_eu partition of odd.sales for values in ('eu') partition by range (at);
create table odd.sales_eu_2024 partition of odd.sales_eu for values from ('2024-01-01') to ('2025-01-01');
create table odd.sales_other partition of odd.sales default;
create table odd.refunds (id int primary key, region text, at date, foreign key (region, at) references odd.sales);
insert into odd.sales values ('eu', '2024-03-01', 5), ('us', '2024-03-01', 7);
create materialized view odd.filled as select region, sum(amount)::int as amount from odd.sales group by region;
create materialized view odd.unfilled as select 1 as one with no data;
create view odd.divides as select id, 1 / (id - id) as broken from odd.parent;
create function odd.fails(int) returns int language plpgsql stable as $$ begin raise exception 'planted secret %', $1; end $$;
create view odd.raises as select odd.fails(id) as broken from odd.parent;
create domain odd.positive as int check (value > 0);
create domain odd.code as text;
create type odd.mood as enum ('sad', 'it''s ok');
create type odd.point as (x int, label text);
create type odd.span as range (subtype = int);
create table odd.types (
  id int primary key, amount odd.positive, code odd.code, mood odd.mood, place odd.point, numbers int[], words text[], moods odd.mood[], places odd.point[], amounts odd.positive[],
  span odd.span, period interval, address inet, bits bit(3), price money, at timestamptz, day date, plain numeric, real_number double precision, raw bytea, vector tsvector, matrix int[][], nothing text[]);
insert into odd.types values (
  1, 5, 'A', 'it''s ok', '(1,"a ""b""")', '{1,null,3}', array['a,b', null, ''], '{sad}', array['(1,x)', '(2,)']::odd.point[], '{1,2}',
  '[1,5)', '1 day 02:00', '10.0.0.1/8', '101', '12.50', 'infinity', '0044-03-15 BC', 'NaN', '-Infinity', '\x00ff', 'a b', '{{1,2},{3,4}}', '{}');
create table odd.hidden (id int primary key, value text);
create table odd.partly (id int primary key, shown text, secret text, hidden_id int references odd.hidden);
insert into odd.hidden values (1, 'planted');
insert into odd.partly values (1, 'seen', 'planted', 1);
grant usage on schema odd, "Odd.S""x", empty to {reader};
grant select on all tables in schema odd, "Odd.S""x" to {reader};
revoke select on odd.hidden, odd.partly from {reader};
grant select (id, shown, hidden_id) on odd.partly to {reader};
