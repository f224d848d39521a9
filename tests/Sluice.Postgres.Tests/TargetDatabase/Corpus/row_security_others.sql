insert into invoices select g, 'b', 'Foreign ' || g, g * 1000, 'planted-b-' || g, '{"tenant": "b"}' from generate_series(101, 140) g;
insert into lines select g, 0, 'planted-b-' || g from generate_series(101, 140) g;
insert into payments select g, 'b', 'planted-b-' || g from generate_series(101, 140) g;
insert into events select 'b', g, 'planted-b-' || g from generate_series(101, 140) g;
select nextval('numbers') from generate_series(1, 40);
