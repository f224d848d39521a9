using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Inventory.Data;

/// <summary>
/// The small database that approved actions are written to: purchase orders, holds and prices. Each change is one transaction with
/// its idempotency key, so applying an action again changes nothing and gives the first answer.
/// </summary>
/// <remarks>Safe for several threads and processes: every call has its own connection, and SQLite lets one writer in at a time.</remarks>
internal sealed class OperationsDatabase
{
    private readonly TimeProvider _clock;

    private OperationsDatabase(string path, TimeProvider clock)
    {
        DatabasePath = path;
        _clock = clock;
    }

    /// <summary>Full path of the file.</summary>
    public string DatabasePath { get; }

    /// <summary>
    /// Opens the database at <paramref name="path"/>; a new one starts with the prices and costs of <paramref name="retail"/>.
    /// </summary>
    /// <exception cref="SqliteException">The file cannot be created or is no SQLite database.</exception>
    /// <exception cref="InvalidDataException">The file has another schema version.</exception>
    public static Task<OperationsDatabase> OpenOrCreateAsync(
        string path, RetailDatabase retail, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(retail);
        var database = new OperationsDatabase(Path.GetFullPath(path), clock ?? TimeProvider.System);
        return Task.Run(
            () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(database.DatabasePath)!);
                database.CreateIfNew(retail);
                return database;
            },
            cancellationToken);
    }

    /// <summary>Orders the same quantity of every product in one purchase order.</summary>
    /// <param name="idempotencyKey">Names the action; a second call with it changes nothing.</param>
    /// <param name="productIds">At least one known product; repetitions count once.</param>
    /// <param name="quantityPerProduct">Units, 1 to 100 000.</param>
    /// <param name="cancellationToken">Cancels before the change is committed.</param>
    /// <returns>Number of order lines.</returns>
    /// <exception cref="ArgumentException">An argument is blank, empty or out of range.</exception>
    /// <exception cref="KeyNotFoundException">A product is unknown; nothing is changed.</exception>
    /// <exception cref="InvalidOperationException">The key was used for another action.</exception>
    public Task<int> ReorderAsync(
        string idempotencyKey, IReadOnlyList<string> productIds, int quantityPerProduct, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quantityPerProduct, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantityPerProduct, 100_000);
        var action = OperationsAction.Create(idempotencyKey, "reorder", productIds, quantityPerProduct);
        return ApplyAsync(action, transaction => transaction.AddPurchaseOrder(quantityPerProduct), cancellationToken);
    }

    /// <summary>Puts products on hold, so that they are neither ordered nor sold until someone looks at them.</summary>
    /// <param name="idempotencyKey">Names the action; a second call with it changes nothing.</param>
    /// <param name="productIds">At least one known product; repetitions count once.</param>
    /// <param name="reason">Why, for the people in the store.</param>
    /// <param name="until">Last day of the hold; null holds until further notice.</param>
    /// <param name="cancellationToken">Cancels before the change is committed.</param>
    /// <returns>Number of products put on hold.</returns>
    /// <exception cref="ArgumentException">An argument is blank or empty.</exception>
    /// <exception cref="KeyNotFoundException">A product is unknown; nothing is changed.</exception>
    /// <exception cref="InvalidOperationException">The key was used for another action.</exception>
    public Task<int> HoldAsync(
        string idempotencyKey,
        IReadOnlyList<string> productIds,
        string reason,
        DateOnly? until = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var action = OperationsAction.Create(idempotencyKey, "hold", productIds, reason, until?.ToString("O"));
        return ApplyAsync(action, transaction => transaction.AddHolds(reason, until), cancellationToken);
    }

    /// <summary>Lowers the current price of every product by the same share, rounded to cents.</summary>
    /// <param name="idempotencyKey">Names the action; a second call with it changes nothing.</param>
    /// <param name="productIds">At least one known product; repetitions count once.</param>
    /// <param name="percent">More than 0 and less than 100.</param>
    /// <param name="cancellationToken">Cancels before the change is committed.</param>
    /// <returns>Number of changed prices.</returns>
    /// <exception cref="ArgumentException">There is no product, or the percentage is out of range.</exception>
    /// <exception cref="KeyNotFoundException">A product is unknown; nothing is changed.</exception>
    /// <exception cref="InvalidOperationException">
    /// A price would fall below cost: the message says for how many products, and nothing is changed. Or the key was used for another
    /// action.
    /// </exception>
    public Task<int> MarkDownAsync(
        string idempotencyKey, IReadOnlyList<string> productIds, decimal percent, CancellationToken cancellationToken = default)
    {
        GuardPercent(percent);
        var action = OperationsAction.Create(idempotencyKey, "mark_down", productIds, Canonical(percent));
        return ApplyAsync(action, transaction => transaction.LowerPrices(percent), cancellationToken);
    }

    /// <summary>Says what <see cref="MarkDownAsync"/> would do, and changes nothing.</summary>
    /// <exception cref="ArgumentException">There is no product, or the percentage is out of range.</exception>
    /// <exception cref="KeyNotFoundException">A product is unknown; nothing is changed.</exception>
    public Task<MarkDownPreview> PreviewMarkDownAsync(
        IReadOnlyList<string> productIds, decimal percent, CancellationToken cancellationToken = default)
    {
        GuardPercent(percent);
        var action = OperationsAction.Create("preview", "preview", productIds);
        return Task.Run(
            () =>
            {
                using var connection = Open();
                using var sqlTransaction = connection.BeginTransaction(deferred: true);
                return new OperationsTransaction(sqlTransaction, action, _clock.GetUtcNow(), cancellationToken).PreviewPrices(percent);
            },
            cancellationToken);
    }

    /// <summary>Takes an action back as if it had never been applied: its order, its holds or its prices, and its key.</summary>
    /// <returns>Number of rows the action had changed; 0 when there is no action with this key.</returns>
    /// <exception cref="InvalidOperationException">A price was changed again since; nothing is taken back.</exception>
    public Task<int> UndoAsync(string idempotencyKey, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(idempotencyKey);
        return Task.Run(
            () =>
            {
                using var connection = Open();
                using var transaction = connection.BeginTransaction(deferred: false);
                var rows = new OperationsUndo(transaction, idempotencyKey).Run();
                cancellationToken.ThrowIfCancellationRequested();
                transaction.Commit();
                return rows;
            },
            cancellationToken);
    }

    /// <summary>Forgets every change and starts again with the prices and costs of <paramref name="retail"/>, in one transaction.</summary>
    public Task ResetAsync(RetailDatabase retail, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(retail);
        return Task.Run(
            () =>
            {
                using var connection = Open();
                using var transaction = connection.BeginTransaction(deferred: false);
                connection.Execute(OperationsSchema.Empty);
                CopyPrices(connection, retail);
                cancellationToken.ThrowIfCancellationRequested();
                transaction.Commit();
            },
            cancellationToken);
    }

    /// <summary>Counts what has been changed so far.</summary>
    public Task<OperationsSummary> SummaryAsync(CancellationToken cancellationToken = default) => SummaryAsync(without: [], cancellationToken);

    /// <summary>Counts what has been changed so far, as if the actions with the keys in <paramref name="without"/> had not been.</summary>
    public Task<OperationsSummary> SummaryAsync(IReadOnlyCollection<string> without, CancellationToken cancellationToken = default) =>
        Task.Run(() => Summarize(without), cancellationToken);

    private Task<int> ApplyAsync(
        OperationsAction action, Func<OperationsTransaction, int> change, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var connection = Open();

            // Not deferred: the write lock is taken before the key is looked up, so two callers cannot both find it free.
            using var sqlTransaction = connection.BeginTransaction(deferred: false);
            var transaction = new OperationsTransaction(sqlTransaction, action, _clock.GetUtcNow(), cancellationToken);
            if (transaction.FindEarlierResult() is { } earlier)
                return earlier;

            var rows = change(transaction);
            transaction.RecordApplied(rows);
            cancellationToken.ThrowIfCancellationRequested();
            sqlTransaction.Commit();
            return rows;
        },
        cancellationToken);

    private OperationsSummary Summarize(IReadOnlyCollection<string> without)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            WITH left_out AS (SELECT value FROM json_each($without)),
                 ordered_lines AS (SELECT * FROM purchase_order_lines JOIN purchase_orders USING (purchase_order_id))
            SELECT (SELECT count(*) FROM purchase_orders WHERE idempotency_key NOT IN left_out),
                   (SELECT count(*) FROM ordered_lines WHERE idempotency_key NOT IN left_out),
                   (SELECT coalesce(sum(quantity), 0) FROM ordered_lines WHERE idempotency_key NOT IN left_out),
                   (SELECT count(DISTINCT product_id) FROM holds WHERE idempotency_key NOT IN left_out),
                   (SELECT count(*) FROM price_changes WHERE idempotency_key NOT IN left_out),
                   (SELECT count(*) FROM applied_actions WHERE idempotency_key NOT IN left_out)
            """;
        command.Parameters.AddWithValue("$without", JsonSerializer.Serialize(without));
        using var row = command.ExecuteReader();
        row.Read();
        return new OperationsSummary
        {
            PurchaseOrders = row.GetInt32(0),
            PurchaseOrderLines = row.GetInt32(1),
            UnitsOrdered = row.GetInt64(2),
            ProductsOnHold = row.GetInt32(3),
            PriceChanges = row.GetInt32(4),
            AppliedActions = row.GetInt32(5),
        };
    }

    private SqliteConnection Open()
    {
        var connection = SqliteFile.Open(DatabasePath, SqliteOpenMode.ReadWrite);
        connection.Execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;");
        return connection;
    }

    private void CreateIfNew(RetailDatabase retail)
    {
        using var connection = SqliteFile.Open(DatabasePath, SqliteOpenMode.ReadWriteCreate);
        using var transaction = connection.BeginTransaction(deferred: false);
        using var version = connection.CreateCommand();
        version.CommandText = "PRAGMA user_version";
        var found = (long)version.ExecuteScalar()!;
        if (found == OperationsSchema.Version)
            return;
        if (found != 0)
        {
            throw new InvalidDataException(
                $"The operations database '{DatabasePath}' has schema {found}; this program reads {OperationsSchema.Version}. "
                + "Choose another path.");
        }

        connection.Execute(OperationsSchema.Tables);
        CopyPrices(connection, retail);
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {OperationsSchema.Version}"));
        transaction.Commit();
    }

    private static void CopyPrices(SqliteConnection connection, RetailDatabase retail)
    {
        using var source = retail.OpenReadOnly();
        using var select = source.CreateCommand();
        select.CommandText = "SELECT product_id, CAST(round(price * 100) AS INTEGER), CAST(round(cost * 100) AS INTEGER) FROM products";
        using var product = select.ExecuteReader();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO current_prices VALUES ($id, $price, $cost)";
        var id = insert.Parameters.Add("$id", SqliteType.Text);
        var price = insert.Parameters.Add("$price", SqliteType.Integer);
        var cost = insert.Parameters.Add("$cost", SqliteType.Integer);
        while (product.Read())
        {
            id.Value = product.GetString(0);
            price.Value = product.GetInt64(1);
            cost.Value = product.GetInt64(2);
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>The same text for 20 and 20.0, which are the same action.</summary>
    private static string Canonical(decimal percent) => percent.ToString("G29", CultureInfo.InvariantCulture);

    private static void GuardPercent(decimal percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(percent, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(percent, 100);
    }
}
