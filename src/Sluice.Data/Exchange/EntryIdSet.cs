using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Data.Exchange;

/// <summary>Ids of entries and where they stand. Half a SHA-256 of each is kept, so that long ids cost no more than short ones.</summary>
internal sealed class EntryIdSet
{
    private readonly Dictionary<UInt128, int> _places = [];

    public int Count => _places.Count;

    public bool Contains(string id) => _places.ContainsKey(HashOf(id));

    /// <summary>Adds an id; false when it is there, with its first place.</summary>
    public bool TryAdd(string id, int place, out int first)
    {
        var hash = HashOf(id);
        if (_places.TryGetValue(hash, out first)) return false;
        _places.Add(hash, first = place);
        return true;
    }

    private static UInt128 HashOf(string id) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
