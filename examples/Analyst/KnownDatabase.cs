using Inventory.Account;
using Sluice.Data;
using Sluice.Data.Profiling;
using Spectre.Console;

namespace Analyst;

/// <summary>What the catalog knows of a database once it has been looked at.</summary>
internal sealed class KnownDatabase
{
    private readonly ILookup<string, KnownColumn> _columns;

    private KnownDatabase(IReadOnlyList<CatalogEntry> entries)
    {
        Tables = [.. Of(entries, CatalogItemType.Table).OrderByDescending(table => table.Metadata.RowCount ?? 0).ThenBy(table => table.QualifiedName, StringComparer.Ordinal)];
        Relations = [.. Of(entries, CatalogItemType.Relationship).Select(KnownRelation.Of).OfType<KnownRelation>()];
        Findings = [.. Of(entries, CatalogItemType.DataQualityFinding)];
        _columns = Of(entries, CatalogItemType.Column).ToLookup(TableOf, column => new KnownColumn(column), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The tables, most rows first.</summary>
    public IReadOnlyList<CatalogEntry> Tables { get; }

    /// <summary>How they can be joined: declared, or inferred from names and values.</summary>
    public IReadOnlyList<KnownRelation> Relations { get; }

    /// <summary>What is wrong with the data.</summary>
    public IReadOnlyList<CatalogEntry> Findings { get; }

    /// <summary>Looks at the tables, or at those that have changed since the last time, and reads what is known now.</summary>
    /// <exception cref="InvalidDataException">There are no tables and no views that may be read.</exception>
    public static async Task<KnownDatabase> LearnAsync(OpenDataEnvironment data, string databaseId, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var all = await data.TargetDatabase!.ReadSchemaAsync(cancellationToken);
        if (all.Count == 0) throw new InvalidDataException("The database has no tables that may be read, so there is nothing to ask about.");
        var scope = new DataScope(AnalystAgent.Tenant.ResourceId, data.WorkspaceId);

        // A view tells nothing that its tables do not, and may take long to compute.
        var profiling = new ProfilingOptions { DatabaseId = databaseId, Tables = [.. all.Where(table => !table.IsView).Select(table => $"{table.Schema}.{table.Name}")] };
        await ProfilingAccount.FollowAsync(data.ProfileAsync(scope, profiling, cancellationToken), console, cancellationToken);
        var entries = new List<CatalogEntry>();
        await foreach (var entry in data.Catalog.ListAsync(scope, new() { DatabaseId = databaseId }, cancellationToken)) entries.Add(entry);
        return new(entries);
    }

    /// <summary>The columns of a table.</summary>
    public IEnumerable<KnownColumn> ColumnsOf(string table) => _columns[table];

    /// <summary>The table that an entry is or belongs to, with its schema.</summary>
    public static string TableOf(CatalogEntry entry) => $"{entry.Metadata.SchemaName}.{entry.Metadata.TableName}";

    private static IEnumerable<CatalogEntry> Of(IEnumerable<CatalogEntry> entries, CatalogItemType type) => entries.Where(entry => entry.ItemType == type);
}
