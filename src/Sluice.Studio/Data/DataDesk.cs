using System.Text.Json;
using Sluice.Data;
using Sluice.Data.Querying;
using Sluice.Data.Schemas;
using Sluice.Data.Search;
using Sluice.Data.Toolkit;
using Sluice.Json;
using Sluice.Studio.Errors;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Data;

/// <summary>Reads a workspace's data for one request: the catalog, and beside it what the database says of itself.</summary>
internal sealed class DataDesk
{
    private const int MostValueBytes = 400;
    private static readonly TimeSpan SampleTimeout = TimeSpan.FromSeconds(30);

    private readonly OpenWorkspace _workspace;
    private readonly OpenDataEnvironment _data;
    private readonly CatalogReader _reader;
    private readonly CancellationToken _cancellationToken;

    public DataDesk(OpenWorkspace workspace, CancellationToken cancellationToken)
    {
        (_workspace, _data, _cancellationToken) = (workspace, workspace.RequireData(), cancellationToken);
        _reader = new(_data, ScopeOf(workspace), cancellationToken);
    }

    /// <summary>Whose catalog it is.</summary>
    public static DataScope ScopeOf(OpenWorkspace workspace) => new(workspace.Runtime.Spec.Tenant.ResourceId, workspace.RequireData().WorkspaceId);

    /// <summary>What there is. All of the catalog is looked through for it, so that it may be a moment old.</summary>
    public Task<DataSources> SourcesAsync() => _workspace.Sources.GetAsync(_data.Time, () => Detached().ReadSourcesAsync(), _cancellationToken);

    /// <summary>All tables by name, as they were a moment ago; what the catalog knows of one counts before what the database says.</summary>
    public Task<IReadOnlyList<TableInfo>> TablesAsync() => _workspace.Tables.GetAsync(_data.Time, () => Detached().ReadTablesAsync(), _cancellationToken);

    private DataDesk Detached() => new(_workspace, CancellationToken.None);

    private async Task<DataSources> ReadSourcesAsync()
    {
        var (databases, entries) = (new SortedSet<string>(StringComparer.Ordinal), new SortedDictionary<string, int>(StringComparer.Ordinal));
        await foreach (var entry in _data.Catalog.ListAsync(_reader.Scope, new(), _cancellationToken).ConfigureAwait(false))
        {
            if (entry.Metadata.DatabaseId is { } database) databases.Add(database);
            var type = JsonSerializer.SerializeToElement(entry.ItemType, SluiceJson.Options).GetString()!;
            entries[type] = entries.GetValueOrDefault(type) + 1;
        }

        return new()
        {
            Database = _data.TargetDatabase?.Kind,
            Warnings = _data.TargetDatabase is { } target ? await target.CheckAsync(_cancellationToken).ConfigureAwait(false) : [],
            WorkspaceId = _data.WorkspaceId,
            IsCatalogReadOnly = _data.Catalog.IsReadOnly,
            HasSearch = _data.Search is not null,
            MasksPersonalData = _data.MaskPersonalData,
            DatabaseIds = [.. databases],
            Entries = entries,
        };
    }

    private async Task<IReadOnlyList<TableInfo>> ReadTablesAsync()
    {
        var schema = await _reader.ReadSchemaAsync().ConfigureAwait(false);
        var tables = new SortedDictionary<string, TableInfo>(StringComparer.Ordinal);
        foreach (var own in schema?.Tables ?? []) tables[own.QualifiedName] = Show(own, own.QualifiedName, isCatalogued: false);
        foreach (var entry in await _reader.ListAsync(new() { ItemTypes = [CatalogItemType.Table] }).ConfigureAwait(false))
        {
            var name = CatalogReader.KeyOf(entry, schema).QualifiedName;
            tables[name] = Show(entry, name, isCatalogued: true);
        }

        return [.. tables.Values];
    }

    public async Task<TableDetails> TableAsync(string name)
    {
        var (key, entry) = await _reader.FindTableAsync(new(QualifiedName: name)).ConfigureAwait(false);
        var findings = await _reader.ListAsync(new() { ItemTypes = [CatalogItemType.DataQualityFinding], TableName = key.Name }).ConfigureAwait(false);
        var schema = await _reader.ReadSchemaAsync().ConfigureAwait(false);
        return new()
        {
            Table = Show(entry, key.QualifiedName, isCatalogued: (await _data.Catalog.GetAsync(_reader.Scope, [entry.Id], _cancellationToken).ConfigureAwait(false)).Count > 0),
            Columns = await ColumnsAsync(key, schema).ConfigureAwait(false),
            Relations = await RelationsAsync(key.QualifiedName).ConfigureAwait(false),
            Findings = [.. findings.Where(finding => CatalogReader.KeyOf(finding, schema) == key)],
        };
    }

    public async Task<CatalogSearchResult> SearchAsync(CatalogSearchQuery query) => _data.Search is { } search
        ? await search.SearchAsync(_reader.Scope, query, _cancellationToken).ConfigureAwait(false)
        : throw new SluiceException(StudioErrorCodes.NotFound, "The data environment has no search index. Give it catalogSearch.");

    public async Task<IReadOnlyList<CatalogEntry>> EntitiesAsync(IReadOnlyList<string> ids)
    {
        var stored = (await _data.Catalog.GetAsync(_reader.Scope, ids, _cancellationToken).ConfigureAwait(false)).ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        var schema = await _reader.ReadSchemaAsync().ConfigureAwait(false);
        return [.. ids.Distinct(StringComparer.Ordinal).Select(id => stored.GetValueOrDefault(id) ?? schema?.Get(id)).OfType<CatalogEntry>()];
    }

    /// <summary>The relations of a table, from it or to it; null: all.</summary>
    public async Task<IReadOnlyList<RelationInfo>> RelationsAsync(string? table)
    {
        var key = table is null ? (TableKey?)null : (await _reader.FindTableAsync(new(QualifiedName: table)).ConfigureAwait(false)).Key;
        return [.. (await _reader.ReadRelationsAsync().ConfigureAwait(false)).Where(relation => key is null || relation.From == key || relation.To == key).Select(RelationInfo.Of)];
    }

    public async Task<QueryResult> SampleAsync(string name, int limit)
    {
        var (table, _) = await _reader.FindTableAsync(new(QualifiedName: name)).ConfigureAwait(false);
        var schema = await _reader.ReadSchemaAsync().ConfigureAwait(false);
        string[] columns = [.. schema?.ColumnsOf(table).Select(column => column.Name) ?? []];
        if (columns.Length == 0)
            throw new SluiceException(ErrorCodes.UnknownCatalogEntry, $"The catalog knows table '{table.QualifiedName}', and the database does not have it, or it may not be read.");
        var query = new ReadOnlyQuery
        {
            Sql = $"SELECT {string.Join(", ", columns.Select(Identifiers.Quote))} FROM {Identifiers.Table(table)} LIMIT {limit}",
            MaxRows = limit,
            MaxValueBytes = MostValueBytes,
            Timeout = SampleTimeout,
        };
        var (rows, elapsedMs) = await ReadAsync(query).ConfigureAwait(false);
        var masked = _data.MaskPersonalData ? await new SampleMask(_data, _reader).FindAsync(table, columns, rows).ConfigureAwait(false) : new Dictionary<int, string>();
        return Show(rows, elapsedMs, QueryHash.Of(query.Sql, null)) with
        {
            Rows = masked.Count > 0 ? SampleMask.Apply(rows.Rows, masked) : rows.Rows,
            Masked = [.. masked.Keys.Order().Select(column => columns[column])],
        };
    }

    public async Task<QueryResult> QueryAsync(RunQuery query)
    {
        var (rows, elapsedMs) = await ReadAsync(new()
        {
            Sql = query.Sql,
            Parameters = QueryParameters.Read(query.Params),
            MaxRows = query.MaxRows,
            Timeout = TimeSpan.FromSeconds(query.TimeoutSeconds),
        }).ConfigureAwait(false);
        return Show(rows, elapsedMs, QueryHash.Of(query.Sql, query.Params));
    }

    private async Task<(FetchedRows Rows, long ElapsedMs)> ReadAsync(ReadOnlyQuery query)
    {
        var database = _data.TargetDatabase ?? throw new SluiceException(StudioErrorCodes.NotFound, "The data environment has no database. Give it targetDatabase.");
        var started = _data.Time.GetTimestamp();
        var rows = await FetchedRows.ReadAsync(database, query, _cancellationToken).ConfigureAwait(false);
        return (rows, (long)_data.Time.GetElapsedTime(started).TotalMilliseconds);
    }

    private async Task<IReadOnlyList<ColumnInfo>> ColumnsAsync(TableKey table, SchemaEntries? schema)
    {
        var stored = (await _reader.ListAsync(new() { ItemTypes = [CatalogItemType.Column], TableName = table.Name }).ConfigureAwait(false))
            .Where(column => CatalogReader.KeyOf(column, schema) == table).ToList();
        var known = stored.GroupBy(NameOf, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        var own = schema?.ColumnsOf(table) ?? [];
        return own.Count == 0 ? [.. stored.Select(column => Show(column, column))] : [.. own.Select(column => Show(column, known.GetValueOrDefault(NameOf(column))))];
    }

    /// <summary>A column as the database has it, with what the catalog adds.</summary>
    private static ColumnInfo Show(CatalogEntry own, CatalogEntry? known) => new()
    {
        Name = NameOf(own),
        Type = own.Metadata.DataType,
        Nullable = own.Metadata.Nullable,
        IsPrimaryKey = own.Metadata.IsPrimaryKey ?? known?.Metadata.IsPrimaryKey ?? false,
        IsUnique = own.Metadata.IsUnique ?? known?.Metadata.IsUnique ?? false,
        Description = known is { Content.Length: > 0 } ? known.Content : own.Content,
        Tags = known?.Tags ?? own.Tags,
        Profile = known?.Metadata.Profile,
    };

    private static TableInfo Show(CatalogEntry entry, string qualifiedName, bool isCatalogued) => new()
    {
        QualifiedName = qualifiedName,
        Name = entry.Metadata.TableName ?? entry.Name,
        Kind = entry.Metadata.RelationType,
        RowCount = entry.Metadata.RowCount,
        Description = entry.Content,
        Tags = entry.Tags,
        PrimaryKey = entry.Metadata.PrimaryKey,
        IsCatalogued = isCatalogued,
    };

    private static QueryResult Show(FetchedRows rows, long elapsedMs, string hash) => new()
    {
        Columns = [.. rows.Columns.Select(column => new QueryResultColumn(column.Name, column.DataType))],
        Rows = rows.Rows,
        RowCount = rows.RowCount,
        TruncatedBy = rows.TruncatedBy,
        ElapsedMs = elapsedMs,
        QueryHash = hash,
    };

    private static string NameOf(CatalogEntry column) => column.Metadata.ColumnName ?? column.Name;
}
