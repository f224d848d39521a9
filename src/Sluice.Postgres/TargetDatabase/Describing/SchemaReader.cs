using Npgsql;
using NpgsqlTypes;
using Sluice.Data;
using Sluice.Postgres.TargetDatabase.Gates;

namespace Sluice.Postgres.TargetDatabase.Describing;

/// <summary>Reads tables and views that the guard and the role allow from the catalog. Partitions are part of their table.</summary>
internal sealed class SchemaReader(Reach reach)
{
    private const string RelationsSql = """
        select c.oid, n.nspname::text, c.relname::text, c.relkind in ('v', 'm'), pg_catalog.obj_description(c.oid, 'pg_class')
        from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where n.nspname = any ($1) and c.relkind in ('r', 'v', 'm', 'p', 'f') and not c.relispartition
            and pg_catalog.has_schema_privilege(n.oid, 'USAGE') and pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
        order by n.nspname collate "C", c.relname collate "C"
        """;

    private const string ColumnsSql = """
        select a.attrelid, a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod), not a.attnotnull,
            pg_catalog.col_description(a.attrelid, a.attnum)
        from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where n.nspname = any ($1) and c.relkind in ('r', 'v', 'm', 'p', 'f') and not c.relispartition and a.attnum > 0 and not a.attisdropped
            and pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')
        order by a.attrelid, a.attnum
        """;

    private const string KeysSql = """
        select i.indrelid, i.indisprimary, array(
            select a.attname::text from unnest(i.indkey::int2[]) with ordinality as k (number, place)
            join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
            where k.place <= i.indnkeyatts order by k.place)
        from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where n.nspname = any ($1) and not c.relispartition and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
        """;

    private const string ForeignKeysSql = """
        select f.conrelid, f.conname::text, rn.nspname::text, rc.relname::text,
            array(select a.attname::text from unnest(f.conkey) with ordinality as k (number, place)
                join pg_catalog.pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.number order by k.place),
            array(select a.attname::text from unnest(f.confkey) with ordinality as k (number, place)
                join pg_catalog.pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.number order by k.place)
        from pg_catalog.pg_constraint f join pg_catalog.pg_class c on c.oid = f.conrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        join pg_catalog.pg_class rc on rc.oid = f.confrelid join pg_catalog.pg_namespace rn on rn.oid = rc.relnamespace
        where f.contype = 'f' and f.conparentid = 0 and n.nspname = any ($1) and not c.relispartition
        order by f.conname collate "C"
        """;

    public static async Task<IReadOnlyList<FoundRelation>> ReadRelationsAsync(NpgsqlConnection connection, Reach reach, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection) { BatchCommands = { InSchemas(RelationsSql, reach) } };
        await using (batch.ConfigureAwait(false))
        {
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false)) return await ReadRelationsAsync(reader, reach, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<TableDescription>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { InSchemas(RelationsSql, reach), InSchemas(ColumnsSql, reach), InSchemas(KeysSql, reach), InSchemas(ForeignKeysSql, reach) },
        };
        await using (batch.ConfigureAwait(false))
        {
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var relations = await ReadRelationsAsync(reader, reach, cancellationToken).ConfigureAwait(false);
                var columns = await reader.ListAsync(ReadColumn, cancellationToken).ConfigureAwait(false);
                var keys = await reader.ListAsync(
                    row => (Table: row.GetFieldValue<uint>(0), IsPrimary: row.GetBoolean(1), Columns: row.GetFieldValue<string[]>(2)), cancellationToken).ConfigureAwait(false);
                var foreignKeys = await reader.ListAsync(ReadForeignKey, cancellationToken).ConfigureAwait(false);
                var (columnsOf, keysOf, foreignKeysOf) = (columns.ToLookup(row => row.Table), keys.ToLookup(row => row.Table), foreignKeys.ToLookup(row => row.Table));
                // A relation to what may not be read leads nowhere.
                var readable = relations.Select(relation => (relation.Schema, relation.Name)).ToHashSet();
                return [.. relations.Select(relation => Describe(
                    relation, columnsOf[relation.Id].Select(row => row.Column), [.. keysOf[relation.Id].Select(row => (row.IsPrimary, row.Columns))],
                    foreignKeysOf[relation.Id].Select(row => row.Key).Where(key => readable.Contains((key.ReferencedSchema, key.ReferencedTable)))))];
            }
        }
    }

    private TableDescription Describe(
        FoundRelation relation, IEnumerable<ColumnDescription> columns, IReadOnlyList<(bool IsPrimary, string[] Columns)> keys, IEnumerable<ForeignKeyDescription> foreignKeys) => new()
        {
            Schema = relation.Schema,
            Name = relation.Name,
            IsView = relation.IsView,
            Comment = relation.Comment,
            Columns = [.. columns.Where(column => reach.AllowsColumn(relation.Schema, relation.Name, column.Name))],
            PrimaryKey = keys.Where(key => key.IsPrimary).Select(key => key.Columns).FirstOrDefault() ?? [],
            UniqueKeys = [.. keys.Where(key => !key.IsPrimary).Select(key => key.Columns).OrderBy(names => string.Join(',', names), StringComparer.Ordinal)],
            ForeignKeys = [.. foreignKeys],
        };

    private static async Task<IReadOnlyList<FoundRelation>> ReadRelationsAsync(NpgsqlDataReader reader, Reach reach, CancellationToken cancellationToken)
    {
        var relations = await reader.ListAsync(
            row => new FoundRelation(row.GetFieldValue<uint>(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), TextOrNull(row, 4)), cancellationToken)
            .ConfigureAwait(false);
        return [.. relations.Where(relation => reach.AllowsTable(relation.Schema, relation.Name))];
    }

    private static (uint Table, ColumnDescription Column) ReadColumn(NpgsqlDataReader row) =>
        (row.GetFieldValue<uint>(0), new() { Name = row.GetString(1), DataType = row.GetString(2), IsNullable = row.GetBoolean(3), Comment = TextOrNull(row, 4) });

    private static (uint Table, ForeignKeyDescription Key) ReadForeignKey(NpgsqlDataReader row) => (row.GetFieldValue<uint>(0), new()
    {
        Name = row.GetString(1),
        ReferencedSchema = row.GetString(2),
        ReferencedTable = row.GetString(3),
        Columns = row.GetFieldValue<string[]>(4),
        ReferencedColumns = row.GetFieldValue<string[]>(5),
    });

    private static string? TextOrNull(NpgsqlDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);

    private static NpgsqlBatchCommand InSchemas(string sql, Reach reach) =>
        new(sql) { Parameters = { new() { Value = reach.Schemas.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text } } };
}
