using Sluice.Data;

namespace Sluice.DataSets.Warehouse;

/// <summary>
/// The schema of a company's warehouse: 1 000 tables with 20 columns each, in twenty domains that name things in four ways, with the history,
/// staging and snapshot tables that pile up around the real ones. The same on every machine.
/// </summary>
public sealed class WarehouseSchema
{
    private const int ColumnsPerTable = 20;

    private static readonly string[] Common =
    [
        "created time", "created by", "updated time", "updated by", "source system", "record version", "active flag", "external reference", "comments",
        "import batch", "legal entity", "business unit", "language code", "quality score", "valid from time", "valid to time", "deleted flag", "sort order",
        "checksum", "owner group",
    ];

    private readonly Dictionary<string, string> _physical = new(StringComparer.Ordinal);
    private readonly List<TableDescription> _tables = [];

    private WarehouseSchema()
    {
        var domains = Domain.ReadAll();
        foreach (var domain in domains)
        {
            foreach (var variant in Variant.All)
            {
                foreach (var entity in domain.Entities) Add(domain, domains, entity, variant);
            }

            Add(domain, domains, new("code list", ["code", "label", "category"]), Variant.All[0]);
            Add(domain, domains, new("change log", ["logged time", "table name", "row key"]), Variant.All[0]);
        }
    }

    /// <summary>The one warehouse.</summary>
    public static WarehouseSchema Instance { get; } = new();

    /// <summary>The tables, domain by domain. The schema is the domain's name.</summary>
    public IReadOnlyList<TableDescription> Tables => _tables;

    /// <summary>The name in the database of what is called so in words: <c>sales.sales order</c>, <c>sales.sales order.net amount</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is nothing of that name.</exception>
    public string PhysicalName(string logicalName) => _physical[logicalName];

    private void Add(Domain domain, IReadOnlyList<Domain> domains, Entity entity, Variant variant)
    {
        var schema = domain.Name.Replace(' ', '_');
        var logical = variant.Suffix.Length == 0 ? entity.Name : $"{entity.Name} {variant.Suffix}";
        var table = Names.Make(logical, domain.Style);
        _physical.Add($"{domain.Name}.{logical}", $"{schema}.{table}");
        var key = Names.Make($"{entity.Name} id", domain.Style);
        var columns = new List<ColumnDescription> { new() { Name = key, DataType = "bigint", IsNullable = false } };
        var foreignKeys = new List<ForeignKeyDescription>();
        foreach (var attribute in AttributesOf(entity, variant))
        {
            var target = Find(domain, domains, attribute, entity);
            var name = Names.Make(target is null ? attribute : $"{attribute} id", domain.Style);
            if (columns.Exists(column => column.Name == name)) continue;
            columns.Add(new() { Name = name, DataType = TypeOf(attribute, target is not null), IsNullable = true });
            _physical.TryAdd($"{domain.Name}.{logical}.{attribute}", $"{schema}.{table}.{name}");
            if (target is not null) foreignKeys.Add(ToForeignKey(name, target));
        }

        _tables.Add(new() { Schema = schema, Name = table, Columns = columns, PrimaryKey = [key], ForeignKeys = foreignKeys });
    }

    private static IEnumerable<string> AttributesOf(Entity entity, Variant variant) =>
        [.. entity.Attributes.Take(variant.TakesAttributes).Concat(variant.Columns).Concat(Common).Distinct(StringComparer.Ordinal).Take(ColumnsPerTable - 1)];

    /// <summary>The entity that an attribute refers to: one of the same domain, else the first one anywhere.</summary>
    private static (Domain Domain, Entity Entity)? Find(Domain own, IReadOnlyList<Domain> domains, string attribute, Entity of) => domains.Prepend(own)
        .SelectMany(domain => domain.Entities.Where(entity => entity.Name == attribute && entity != of).Select(entity => ((Domain, Entity)?)(domain, entity)))
        .FirstOrDefault();

    private static ForeignKeyDescription ToForeignKey(string column, (Domain Domain, Entity Entity)? target)
    {
        var (domain, entity) = target!.Value;
        return new()
        {
            Columns = [column],
            ReferencedSchema = domain.Name.Replace(' ', '_'),
            ReferencedTable = Names.Make(entity.Name, domain.Style),
            ReferencedColumns = [Names.Make($"{entity.Name} id", domain.Style)],
        };
    }

    private static string TypeOf(string attribute, bool isReference) => attribute.Split(' ')[^1] switch
    {
        _ when isReference => "bigint",
        "date" or "month" or "day" => "date",
        "time" or "start" or "end" => "timestamp",
        "flag" => "boolean",
        "amount" or "price" or "cost" or "value" or "rate" or "revenue" or "fee" or "balance" or "salary" => "numeric(18,2)",
        "quantity" or "count" or "units" or "hours" or "minutes" or "days" or "percent" or "score" or "order" or "version" => "integer",
        _ => "varchar(200)",
    };
}
