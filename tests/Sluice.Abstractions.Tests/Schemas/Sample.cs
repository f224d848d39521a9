using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Tests.Schemas;

/// <summary>Types as applications write them.</summary>
internal static class Sample
{
    public enum Season
    {
        Winter,
        LateSummer,

        [JsonStringEnumMemberName("any")]
        Whenever,
    }

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(PriceChange), "price_change")]
    [JsonDerivedType(typeof(Bundle), "bundle")]
    public abstract record Change;

    [Description("Sets a price.")]
    public sealed record PriceChange(string ProductId, [property: Range(0.01, 1_000_000)] decimal NewPrice, Season Season = Season.Winter) : Change;

    public sealed record Bundle([property: MinLength(1)] IReadOnlyList<Change> Parts, Ref<ProductSet> Products) : Change;

    public sealed record ProductSet(IReadOnlyList<string> ProductIds);

    public sealed record Plan(string Rationale, [property: MinLength(1)] IReadOnlyList<Change> Actions, string? Note = null);

    public sealed record Node(string Name, [property: Description("What comes after.")] Node? Next, IReadOnlyList<Node> Children);

    public sealed record Numbers(sbyte A, byte B, short C, ushort D, int E, uint F, long G, ulong H, float I, double J, decimal K, int? L);

    public sealed record Texts(
        string Plain,
        string? Nothing,
        char Letter,
        Guid Id,
        DateTimeOffset At,
        DateOnly Day,
        TimeOnly Time,
        TimeSpan Span,
        Uri Link,
        byte[] Bytes);

    public sealed record Collections(
        List<string> Names,
        IReadOnlyList<string?> Holes,
        int[][] Grid,
        HashSet<string> Tags,
        Dictionary<string, int> Counts,
        IReadOnlyDictionary<Season, decimal?> BySeason,
        IReadOnlyList<Node?> Nodes);

    public sealed record Untyped(object? Anything, JsonElement Element, Season? Season, bool Flag, bool? Maybe);

    public sealed record Annotated(
        [property: StringLength(10, MinimumLength = 2)] string Sized,
        [property: RegularExpression("[A-Z]{3}|x")] string Code,
        [property: EmailAddress] string Mail,
        [property: Url] string Web,
        [property: AllowedValues("a", "b")] string Choice,
        [property: DeniedValues("", "none")] string Denied,
        [property: Length(1, 3)] IReadOnlyList<int> Few,
        [property: MaxLength(2)] Dictionary<string, int> Small,
        [property: Range(0, 1, MinimumIsExclusive = true, MaximumIsExclusive = true)] double Share,
        [property: Range(typeof(decimal), "0.5", "9.5")] decimal Exact,
        [property: Range(0, double.MaxValue)] double AtLeastZero,
        [Range(1, 5)] int OnTheParameter,
        [property: AllowedValues(1, 2)] long Number)
    {
        [Required]
        public string? Marked { get; init; }

        [DefaultValue(7)]
        public int Preset { get; init; } = 7;

        public int Computed => OnTheParameter + 1;
    }

    public interface IShape;

    public sealed record Circle(double Radius) : IShape;

    public sealed record Square(double Side) : IShape;

    public sealed record Drawing(IReadOnlyList<IShape> Actions);

    public sealed record Rename(string From, string To);

    public sealed record Renames(IReadOnlyList<Rename> Actions);
}
