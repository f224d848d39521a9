using System.Security.Cryptography;
using Sluice.Journal;

namespace Sluice.Abstractions.Tests.Journal;

public sealed class JournalHashTests
{
    private static readonly (string Field, Func<JournalEntry, Random, JournalEntry> Edit)[] Edits =
    [
        ("run id", (entry, _) => entry with { RunId = entry.RunId + "0" }),
        ("sequence", (entry, random) => entry with { Sequence = entry.Sequence + random.Next(1, 9) }),
        ("kind", (entry, _) => entry with { Kind = (JournalEntryKind)(((int)entry.Kind + 1) % 15) }),
        ("key", (entry, _) => entry with { Key = entry.Key + "/" }),
        ("agent", (entry, _) => entry with { Agent = entry.Agent is null ? "" : null }),
        ("time", (entry, random) => entry with { At = entry.At.AddMilliseconds(random.Next(1, 99)) }),
        ("data", (entry, random) => entry with { Data = Flip(entry.Data, random) }),
        ("data length", (entry, _) => entry with { Data = entry.Data[..^1] }),
        ("event sequence", (entry, _) => entry with { EventSequence = entry.EventSequence - 1 }),
        ("previous hash", (entry, random) => entry with { PreviousHash = Flip(entry.PreviousHash, random) }),
        ("hash", (entry, random) => entry with { Hash = Flip(entry.Hash, random) }),
        ("key and agent boundary", (entry, _) => entry with { Key = entry.Key + "x", Agent = entry.Agent?[1..] }),
    ];

    [Fact]
    public void Compute_OfAKnownEntry_IsAsPublished()
    {
        var entry = new JournalEntry
        {
            RunId = "run-1",
            Sequence = 2,
            Kind = JournalEntryKind.ToolStarted,
            Key = "main/1/täst",
            Agent = null,
            At = new(2026, 1, 31, 13, 0, 0, 250, TimeSpan.FromHours(1)),
            Data = "{\"toolName\":\"post\",\"attempt\":1}"u8.ToArray(),
            EventSequence = 5,
            PreviousHash = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray(),
            Hash = default,
        };

        Convert.ToHexStringLower(JournalHash.Compute(entry)).ShouldBe("3bf3810979fad92549442ddaef307f7c214a27553b4b91d67419185eae93d1a3");
    }

    [Fact]
    public void Compute_WithAPreviousHashOfAnotherSize_IsRefused() =>
        Should.Throw<ArgumentException>(() => JournalHash.Compute(Chain(new Random(1), 1)[0] with { PreviousHash = new byte[31] }));

    [Fact]
    public void FindBreak_OfAnUntouchedJournal_IsNull() => ForRandomChains((chain, _) =>
    {
        JournalHash.FindBreak(chain).ShouldBeNull();
        JournalHash.FindBreak(chain, chain.Count).ShouldBeNull();
    });

    [Fact]
    public void FindBreak_AfterAnyEdit_NamesTheEditedEntry() => ForRandomChains((chain, random) =>
    {
        var at = random.Next(chain.Count);
        var (field, edit) = Edits[random.Next(Edits.Length)];
        chain[at] = edit(chain[at], random);

        JournalHash.FindBreak(chain).ShouldBe(at + 1, field);
    });

    [Fact]
    public void FindBreak_AfterAnEditWhoseHashWasMadeAnew_NamesTheNextEntry() => ForRandomChains((chain, random) =>
    {
        var at = random.Next(chain.Count - 1);
        var edited = chain[at] with { Data = Flip(chain[at].Data, random) };
        chain[at] = edited with { Hash = JournalHash.Compute(edited) };

        JournalHash.FindBreak(chain).ShouldBe(at + 2);
    });

    [Fact]
    public void FindBreak_AfterADrop_NamesThePlace() => ForRandomChains((chain, random) =>
    {
        var at = random.Next(chain.Count);
        var last = chain.Count;
        chain.RemoveAt(at);

        JournalHash.FindBreak(chain, last).ShouldBe(at + 1);
    });

    [Fact]
    public void FindBreak_AfterTwoEntriesChangedPlaces_NamesTheFirst() => ForRandomChains((chain, random) =>
    {
        var first = random.Next(chain.Count - 1);
        var second = random.Next(first + 1, chain.Count);
        (chain[first], chain[second]) = (chain[second], chain[first]);

        JournalHash.FindBreak(chain).ShouldBe(first + 1);
    });

    [Fact]
    public void FindBreak_AfterAnInsertion_NamesThePlaceOrWhatFollows() => ForRandomChains((chain, random) =>
    {
        var at = random.Next(chain.Count);
        var last = chain.Count;
        var forged = chain[at] with { Data = Flip(chain[at].Data, random) };
        chain.Insert(at, forged with { Hash = JournalHash.Compute(forged) });

        JournalHash.FindBreak(chain, last).ShouldBe(at + 2);
    });

    [Fact]
    public void FindBreak_OfARunWithMoreEntriesThanItsRowKnows_NamesTheFirstOfThem() =>
        JournalHash.FindBreak(Chain(new Random(1), 5), lastSequence: 3).ShouldBe(4);

    private static void ForRandomChains(Action<List<JournalEntry>, Random> check)
    {
        for (var i = 0; i < 200; i++)
        {
            var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
            var random = new Random(seed);
            try
            {
                check(Chain(random, random.Next(2, 12)), random);
            }
            catch (ShouldAssertException exception)
            {
                throw new ShouldAssertException($"With seed {seed}: {exception.Message}", exception);
            }
        }
    }

    private static List<JournalEntry> Chain(Random random, int count)
    {
        var chain = new List<JournalEntry>();
        var previous = JournalHash.Origin;
        for (var sequence = 1; sequence <= count; sequence++)
        {
            var data = new byte[random.Next(1, 3000)];
            random.NextBytes(data);
            var entry = new JournalEntry
            {
                RunId = $"run-{random.Next()}",
                Sequence = sequence,
                Kind = (JournalEntryKind)random.Next(15),
                Key = $"main/{random.Next(9)}",
                Agent = random.Next(2) == 0 ? null : "plänner",
                At = JournalSamples.Noon.AddSeconds(random.Next()),
                Data = data,
                EventSequence = random.Next(),
                PreviousHash = previous,
                Hash = JournalHash.Origin,
            };
            chain.Add(entry with { Hash = JournalHash.Compute(entry) });
            previous = chain[^1].Hash;
        }

        return chain;
    }

    private static ReadOnlyMemory<byte> Flip(ReadOnlyMemory<byte> bytes, Random random)
    {
        var flipped = bytes.ToArray();
        flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }
}
