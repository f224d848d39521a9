using System.Text.Json;
using Sluice.Json;

namespace Sluice.Data.Querying;

/// <summary>What tells queries apart in records.</summary>
internal static class QueryHash
{
    private const int HexDigits = 16;

    /// <summary>The first 16 hex digits of SHA-256 over the canonical JSON of statement and parameters.</summary>
    public static string Of(string sql, IReadOnlyDictionary<string, JsonElement>? parameters)
    {
        var query = new { sql, parameters = parameters ?? new Dictionary<string, JsonElement>() };
        return CanonicalJson.Sha256Hex(JsonSerializer.SerializeToElement(query, SluiceJson.Options))[..HexDigits];
    }
}
