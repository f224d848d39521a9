namespace Sluice.Data.Tests;

/// <summary>A small database: customers place orders, orders have items, items are of products, employees have managers.</summary>
internal static class Shop
{
    public static ScriptedTargetDatabase Database() => new() { Tables = [Customers, Employees, Items, Notes, Orders, Products] };

    public static TableDescription Customers { get; } = Table("customers", ["id:INTEGER", "email:TEXT?", "name:TEXT"], primaryKey: ["id"], unique: ["email"]);

    public static TableDescription Employees { get; } =
        Table("employees", ["id:INTEGER", "manager_id:INTEGER?"], primaryKey: ["id"], keys: [Key(["manager_id"], "employees", ["id"])]);

    public static TableDescription Orders { get; } =
        Table("orders", ["id:INTEGER", "customer_id:INTEGER", "status:TEXT", "placed_on:TEXT"], primaryKey: ["id"], keys: [Key(["customer_id"], "customers", ["id"])]);

    public static TableDescription Products { get; } = Table("products", ["id:INTEGER", "price:NUMERIC"], primaryKey: ["id"]);

    public static TableDescription Items { get; } = Table(
        "order_items", ["order_id:INTEGER", "product_id:INTEGER", "quantity:INTEGER"], primaryKey: ["order_id", "product_id"],
        // The second names no columns: it means the primary key.
        keys: [Key(["order_id"], "orders", ["id"]), Key(["product_id"], "products", [])]);

    public static TableDescription Notes { get; } = Table("notes", ["text:TEXT"]);

    public static TableDescription Table(
        string name, string[] columns, string[]? primaryKey = null, string[]? unique = null, ForeignKeyDescription[]? keys = null) => new()
        {
            Schema = "main",
            Name = name,
            Columns = [.. columns.Select(column => column.Split(':')).Select(parts => new ColumnDescription
            {
                Name = parts[0],
                DataType = parts[1].TrimEnd('?'),
                IsNullable = parts[1].EndsWith('?'),
            })],
            PrimaryKey = primaryKey ?? [],
            UniqueKeys = unique is null ? [] : [unique],
            ForeignKeys = keys ?? [],
        };

    public static ForeignKeyDescription Key(string[] columns, string table, string[] referenced) =>
        new() { Columns = columns, ReferencedSchema = "main", ReferencedTable = table, ReferencedColumns = referenced };
}
