namespace Inventory.Data;

/// <summary>The schema of the operations database. Money is whole cents.</summary>
internal static class OperationsSchema
{
    public const int Version = 1;

    public const string Tables = """
        CREATE TABLE applied_actions (
            idempotency_key TEXT NOT NULL PRIMARY KEY,
            action_kind TEXT NOT NULL,
            arguments_hash TEXT NOT NULL,
            rows_affected INTEGER NOT NULL,
            applied_at TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE current_prices (
            product_id TEXT NOT NULL PRIMARY KEY,
            price_cents INTEGER NOT NULL CHECK (price_cents >= cost_cents),
            cost_cents INTEGER NOT NULL CHECK (cost_cents >= 0)
        ) WITHOUT ROWID;
        CREATE TABLE purchase_orders (
            purchase_order_id INTEGER PRIMARY KEY,
            idempotency_key TEXT NOT NULL UNIQUE,
            ordered_at TEXT NOT NULL
        );
        CREATE TABLE purchase_order_lines (
            purchase_order_id INTEGER NOT NULL REFERENCES purchase_orders (purchase_order_id),
            product_id TEXT NOT NULL REFERENCES current_prices (product_id),
            quantity INTEGER NOT NULL CHECK (quantity > 0),
            PRIMARY KEY (purchase_order_id, product_id)
        ) WITHOUT ROWID;
        CREATE TABLE holds (
            idempotency_key TEXT NOT NULL,
            product_id TEXT NOT NULL REFERENCES current_prices (product_id),
            reason TEXT NOT NULL,
            held_until TEXT,
            held_at TEXT NOT NULL,
            PRIMARY KEY (idempotency_key, product_id)
        ) WITHOUT ROWID;
        CREATE INDEX holds_by_product ON holds (product_id);
        CREATE TABLE price_changes (
            idempotency_key TEXT NOT NULL,
            product_id TEXT NOT NULL REFERENCES current_prices (product_id),
            old_cents INTEGER NOT NULL,
            new_cents INTEGER NOT NULL,
            changed_at TEXT NOT NULL,
            PRIMARY KEY (idempotency_key, product_id)
        ) WITHOUT ROWID;
        """;

    /// <summary>Removes all rows, those that refer to others first.</summary>
    public const string Empty = """
        DELETE FROM purchase_order_lines;
        DELETE FROM purchase_orders;
        DELETE FROM holds;
        DELETE FROM price_changes;
        DELETE FROM applied_actions;
        DELETE FROM current_prices;
        """;
}
