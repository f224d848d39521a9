using System.Security.Cryptography;
using System.Text.Json;

namespace Inventory.Data;

/// <summary>One change as asked for: its key, the distinct products, and a hash that tells another action under the same key.</summary>
internal sealed record OperationsAction(string Key, string Kind, IReadOnlyList<string> ProductIds, string ArgumentsHash)
{
    public static OperationsAction Create(string idempotencyKey, string kind, IReadOnlyList<string> productIds, params object?[] arguments)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(idempotencyKey);
        ArgumentNullException.ThrowIfNull(productIds);
        if (productIds.Count == 0)
            throw new ArgumentException("At least one product id is needed.", nameof(productIds));

        string[] distinct = [.. productIds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new object?[] { kind, distinct, arguments }));
        return new OperationsAction(idempotencyKey, kind, distinct, Convert.ToHexStringLower(hash));
    }
}
