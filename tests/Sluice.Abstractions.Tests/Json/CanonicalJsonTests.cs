using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Sluice.Json;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(unchecked((long)0x8000000000000000), "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(unchecked((long)0x8000000000000001), "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(unchecked((long)0xffefffffffffffff), "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(unchecked((long)0xc340000000000000), "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(unchecked((long)0xbecbf647612f3696), "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Number_OfRfc8785AppendixB_HasTheLayoutGivenThere(long bits, string expected) =>
        CanonicalJson.ToText(JsonSerializer.SerializeToElement(BitConverter.Int64BitsToDouble(bits))).ShouldBe(expected);

    [Theory]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("1234567890123456789012345", "1.234567890123456789012345e+24")]
    [InlineData("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827")]
    [InlineData("1e400", "1e+400")]
    [InlineData("-1.50E+2", "-150")]
    [InlineData("-0.0", "0")]
    [InlineData("0e99999999999999999999", "0")]
    [InlineData("100000000000000000000", "100000000000000000000")]
    [InlineData("1000000000000000000000", "1e+21")]
    [InlineData("0.00000100", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    public void Number_KeepsItsValueExactly(string written, string expected) =>
        CanonicalJson.ToText(JsonElement.Parse(written)).ShouldBe(expected);

    [Fact]
    public void Double_WrittenShortest_HasTheTextOfEcmaScriptAndReadsBack() =>
        Prop.ForAll(ArbMap.Default.ArbFor<long>(), ArbMap.Default.ArbFor<int>(), (bits, exponent) =>
        {
            // Small random integers are tiny doubles; spreading them over all exponents makes ordinary numbers as well.
            var value = BitConverter.Int64BitsToDouble(bits * 0x9E3779B97F4A7C1) * Math.Pow(10, exponent % 30);
            if (!double.IsFinite(value)) return true;
            var text = CanonicalJson.ToText(JsonSerializer.SerializeToElement(value));
            return double.Parse(text).Equals(value == 0 ? 0 : value) && text.Count(char.IsAsciiDigit) <= 25 && !text.Contains('E', StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Object_OfRfc8785_IsSortedByUtf16()
    {
        const string written = """
            {
              "\u20ac": "Euro Sign",
              "\r": "Carriage Return",
              "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face",
              "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """;

        JsonElement.Parse(CanonicalJson.ToText(JsonElement.Parse(written))).EnumerateObject().Select(property => property.Value.GetString()).ShouldBe(
        [
            "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
        ]);
    }

    [Fact]
    public void Object_WithRandomNames_IsSortedLikeOrdinalStrings() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            int[] starts = [0x20, 0x7F0, 0xD7F0, 0xE000, 0xFFF0, 0x10000, 0x1F600];
            string Name() => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => char.ConvertFromUtf32(starts[random.Next(starts.Length)] + random.Next(8))));
            var names = Enumerable.Range(0, 20).Select(_ => Name()).Distinct(StringComparer.Ordinal).ToList();
            var canonical = JsonElement.Parse(CanonicalJson.ToText(JsonSerializer.SerializeToElement(names.ToDictionary(name => name, _ => 0))));
            return canonical.EnumerateObject().Select(property => property.Name).SequenceEqual(names.Order(StringComparer.Ordinal));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_HasTheFewestEscapes() =>
        CanonicalJson.ToText(JsonElement.Parse("""["\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","\b\t\n\f\r\u007f\u001b"]"""))
            .ShouldBe("[\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",\"\\b\\t\\n\\f\\r\u007f\\u001b\"]");

    [Fact]
    public void Canonical_OfACanonicalText_IsTheSame() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var json = new RandomJson(seed);
            var once = CanonicalJson.ToUtf8(json.Write(json.Value()));
            return CanonicalJson.ToUtf8(JsonElement.Parse(once)).AsSpan().SequenceEqual(once);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Canonical_IgnoresOrderSpaceEscapesAndNumberSpelling() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var json = new RandomJson(seed);
            var value = json.Value();
            var (first, second) = (json.Write(value), json.Write(value));
            return CanonicalJson.ToText(first) == CanonicalJson.ToText(second) && CanonicalJson.Sha256Hex(first) == CanonicalJson.Sha256Hex(second);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AreEqual_AgreesWithEqualTexts() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<int>(), (seed, otherSeed) =>
        {
            var (json, other) = (new RandomJson(seed), new RandomJson(otherSeed));
            var value = json.Value(depth: 2);
            var (first, second, third) = (json.Write(value), json.Write(value), other.Write(other.Value(depth: 2)));
            return CanonicalJson.AreEqual(first, second)
                && CanonicalJson.AreEqual(first, third) == (CanonicalJson.ToText(first) == CanonicalJson.ToText(third));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("[1]", "[1,2]")]
    [InlineData("{}", "[]")]
    [InlineData("9007199254740992", "9007199254740993")]
    [InlineData("\"1\"", "1")]
    public void AreEqual_OfDifferentValues_IsFalse(string left, string right) =>
        CanonicalJson.AreEqual(JsonElement.Parse(left), JsonElement.Parse(right)).ShouldBeFalse();

    [Theory]
    [InlineData("""{"a":[1,{"x":1,"y":2,"\u0078":3}]}""", "/a/1", "\"x\"")]
    [InlineData("""{"a/b":"\ud800"}""", "/a~1b", "Unicode")]
    [InlineData("""[{"\udc00":1}]""", "/0", "Unicode")]
    [InlineData("""[0,1e999999999999999999]""", "/1", "exponent")]
    public void Value_WithoutACanonicalForm_IsRefusedWithItsPath(string written, string path, string reason)
    {
        var error = Should.Throw<JsonException>(() => CanonicalJson.ToUtf8(JsonElement.Parse(written)));

        error.Path!.ShouldStartWith(path);
        error.Message.ShouldContain(reason);
        error.Message.ShouldContain(path);
    }

    [Fact]
    public void Value_NestedTooDeep_IsRefused()
    {
        using var atLimit = Nested(CanonicalJson.MaxDepth);
        using var beyond = Nested(CanonicalJson.MaxDepth + 1);

        CanonicalJson.ToUtf8(atLimit.RootElement).Length.ShouldBe(2 * CanonicalJson.MaxDepth);
        Should.Throw<JsonException>(() => CanonicalJson.ToUtf8(beyond.RootElement)).Message.ShouldContain("1000 levels");

        static JsonDocument Nested(int depth) => JsonDocument.Parse(new string('[', depth) + new string(']', depth), new() { MaxDepth = 2000 });
    }

    [Fact]
    public async Task EveryWayOfWriting_GivesTheSameBytes()
    {
        var value = JsonSerializer.SerializeToElement(Enumerable.Range(0, 5000).Select(i => new { name = new string('é', i % 100), i, half = i / 2.0 }));
        var expected = CanonicalJson.ToUtf8(value);
        var buffer = new ArrayBufferWriter<byte>();
        using var stream = new MemoryStream();

        CanonicalJson.Write(value, buffer);
        await CanonicalJson.WriteAsync(value, stream, TestContext.Current.CancellationToken);

        buffer.WrittenSpan.SequenceEqual(expected).ShouldBeTrue();
        stream.ToArray().ShouldBe(expected);
        CanonicalJson.ToText(value).ShouldBe(Encoding.UTF8.GetString(expected));
        CanonicalJson.Sha256Hex(value).ShouldBe(Convert.ToHexStringLower(SHA256.HashData(expected)));
    }

    [Fact]
    public void Sha256Hex_OfALargeValue_DoesNotCopyIt()
    {
        var value = JsonSerializer.SerializeToElement(Enumerable.Repeat(new string('x', 1_000_000), 20));
        CanonicalJson.Sha256Hex(value).Length.ShouldBe(64);

        var before = GC.GetAllocatedBytesForCurrentThread();
        CanonicalJson.Sha256Hex(value);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
    }

    [Fact]
    public async Task WriteAsync_WhenCancelled_Stops()
    {
        var value = JsonSerializer.SerializeToElement(Enumerable.Range(0, 100_000));

        await Should.ThrowAsync<OperationCanceledException>(() => CanonicalJson.WriteAsync(value, Stream.Null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Element_WithoutAValue_IsAnArgumentError() => Should.Throw<ArgumentException>(() => CanonicalJson.ToUtf8(default));
}
