using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Postgres.Waiting;

/// <summary>What one waits for, as a number. Notifications reach every user of the database, so they name no tenant and no run.</summary>
internal readonly record struct WakeKey(ulong Value)
{
    public const int TextLength = 2 * sizeof(ulong);

    public static WakeKey OfRun(TenantSpec tenant, string runId) => Of($"run\0{tenant.ResourceId}\0{runId}");

    public static WakeKey OfApprovals(TenantSpec tenant) => Of($"approvals\0{tenant.ResourceId}");

    /// <summary>The keys of a notification; what is no key is left out.</summary>
    public static IEnumerable<WakeKey> Parse(string payload)
    {
        for (var start = 0; start + TextLength <= payload.Length; start += TextLength)
        {
            if (ulong.TryParse(payload.AsSpan(start, TextLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                yield return new(value);
        }
    }

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);

    private static WakeKey Of(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return new(BinaryPrimitives.ReadUInt64BigEndian(hash));
    }
}
