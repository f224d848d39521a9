using System.Buffers;
using System.Numerics;
using System.Text.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary><c>uniqueItems</c>, by a hash table: linear in the size of the array.</summary>
internal sealed class UniqueItemsKeyword : Keyword
{
    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (value.Kind != JsonValueKind.Array) return true;
        var count = value.Element.GetArrayLength();
        return count < 2 || AreUnique(value.Element, count, evaluation);
    }

    private static bool AreUnique(JsonElement array, int count, Evaluation evaluation)
    {
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)count * 2);
        var items = ArrayPool<JsonElement>.Shared.Rent(count);
        var hashes = ArrayPool<int>.Shared.Rent(count);
        var table = ArrayPool<int>.Shared.Rent(slots);
        try
        {
            table.AsSpan(0, slots).Fill(-1);
            var index = 0;
            foreach (var item in array.EnumerateArray())
            {
                items[index] = item;
                hashes[index] = JsonEquality.Hash(item, evaluation);
                var duplicate = Insert(table.AsSpan(0, slots), items, hashes, index, evaluation);
                if (duplicate >= 0)
                {
                    return evaluation.Fail("uniqueItems", $"the items at {duplicate} and {index} are equal; items must be unique.");
                }
                if (evaluation.IsStopped) return false;
                index++;
            }
            return true;
        }
        finally
        {
            ArrayPool<JsonElement>.Shared.Return(items, clearArray: true);
            ArrayPool<int>.Shared.Return(hashes);
            ArrayPool<int>.Shared.Return(table);
        }
    }

    /// <summary>Enters an item and returns -1, or returns the index of the equal item that is there already.</summary>
    private static int Insert(Span<int> table, JsonElement[] items, int[] hashes, int index, Evaluation evaluation)
    {
        var slot = hashes[index] & (table.Length - 1);
        for (; table[slot] >= 0; slot = (slot + 1) & (table.Length - 1))
        {
            var other = table[slot];
            if (hashes[other] == hashes[index] && JsonEquality.AreEqual(items[other], items[index], evaluation)) return other;
        }
        table[slot] = index;
        return -1;
    }
}
