using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Sluice.Data.Schemas;

namespace Sluice.Data.Toolkit;

/// <summary>Lists the columns of a table, page by page.</summary>
internal sealed class SchemaFieldsTool(OpenDataEnvironment environment)
{
    public const string Name = "list_schema_fields";

    public ToolSpec Create() => ToolSpec.FromHandler<Arguments, JsonElement>(
        Name,
        "Lists the columns of a table or view: type, nullability, keys, what they refer to, description, profile. "
        + "Filter by a part of the name or description. Read on with nextCursor.",
        InvokeAsync) with
    { Effect = ToolEffect.ReadOnly };

    private async Task<JsonElement> InvokeAsync(Arguments arguments, ToolContext context)
    {
        var reader = CatalogReader.For(environment, context);
        var start = ReadCursor(arguments.Cursor);
        var (table, entry) = await reader.FindTableAsync(arguments.Table).ConfigureAwait(false);
        var all = await ReadColumnsAsync(reader, table).ConfigureAwait(false);
        var fitting = all.Where(column => Fits(column, arguments.Filter)).ToArray();
        var references = (await reader.ReadRelationsAsync(from: table).ConfigureAwait(false)).Where(relation => relation.FromColumns.Count == 1)
            .ToLookup(relation => relation.FromColumns[0], relation => $"{relation.To.QualifiedName}.{relation.ToColumns[0]}", StringComparer.OrdinalIgnoreCase);
        var page = fitting.Skip(start).Take(arguments.Limit).Select(column => Show(column, references[column.Name])).ToArray();
        var next = start + page.Length;
        return CompactJson.Of(new
        {
            table = table.QualifiedName,
            kind = entry.Metadata.RelationType,
            description = entry.Content.Length > 0 ? entry.Content : null,
            rowCount = entry.Metadata.RowCount,
            primaryKey = entry.Metadata.PrimaryKey,
            total = fitting.Length,
            fields = page,
            nextCursor = page.Length > 0 && next < fitting.Length ? next.ToString(CultureInfo.InvariantCulture) : null,
            hint = fitting.Length > 0 ? null : Hint(all, arguments.Filter),
        });
    }

    /// <summary>The columns in the table's order where the database tells it, with what the catalog knows of them.</summary>
    private static async Task<IReadOnlyList<CatalogEntry>> ReadColumnsAsync(CatalogReader reader, TableKey table)
    {
        var schema = await reader.ReadSchemaAsync().ConfigureAwait(false);
        var stored = (await reader.ListAsync(new() { ItemTypes = [CatalogItemType.Column], TableName = table.Name }).ConfigureAwait(false))
            .Where(column => CatalogReader.KeyOf(column, schema) == table).ToArray();
        var own = schema?.ColumnsOf(table) ?? [];
        var byName = stored.GroupBy(NameOf, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        return own.Count == 0 ? stored : [.. own.Select(column => byName.TryGetValue(column.Name, out var known) ? Merge(column, known) : column)];
    }

    private static CatalogEntry Merge(CatalogEntry own, CatalogEntry known) => own with
    {
        Content = known.Content.Length > 0 ? known.Content : own.Content,
        Tags = known.Tags,
        Metadata = own.Metadata with
        {
            Profile = known.Metadata.Profile,
            IsUnique = own.Metadata.IsUnique ?? known.Metadata.IsUnique,
            IsPrimaryKey = own.Metadata.IsPrimaryKey ?? known.Metadata.IsPrimaryKey,
        },
    };

    private static object Show(CatalogEntry column, IEnumerable<string> references) => new
    {
        name = NameOf(column),
        type = column.Metadata.DataType,
        nullable = column.Metadata.Nullable,
        primaryKey = column.Metadata.IsPrimaryKey is true ? true : (bool?)null,
        unique = column.Metadata.IsUnique is true ? true : (bool?)null,
        references = CompactJson.OrNull(references.ToArray()),
        description = column.Content.Length > 0 ? column.Content : null,
        tags = CompactJson.OrNull(column.Tags),
        profile = column.Metadata.Profile,
    };

    private static string NameOf(CatalogEntry column) => column.Metadata.ColumnName ?? column.Name;

    private static bool Fits(CatalogEntry column, string? filter) => string.IsNullOrWhiteSpace(filter)
        || column.Tags.Append(NameOf(column)).Append(column.Content).Any(text => text.Contains(filter, StringComparison.OrdinalIgnoreCase));

    private static string Hint(IReadOnlyList<CatalogEntry> all, string? filter) => all.Count == 0
        ? "Nothing is known of the columns of this table. Look at its rows with sample_table_data."
        : $"None of the {all.Count} columns has '{filter}' in its name, tags or description. Call again without filter.";

    private static int ReadCursor(string? cursor)
    {
        if (cursor is null) return 0;
        return int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : throw new SluiceException(
            ErrorCodes.InvalidArguments, "The cursor is not one that was given. Leave it out to begin, or pass nextCursor of the page before.");
    }

    internal sealed record Arguments(
        [property: Description("The table or view.")] EntityReference Table,
        [property: Description("Only columns with this text in name, tags or description."), MaxLength(200)] string? Filter = null,
        [property: Description("The most columns of a page."), Range(1, 200)] int Limit = 50,
        [property: Description("nextCursor of the page before.")] string? Cursor = null);
}
