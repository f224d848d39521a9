using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Sluice.Bench.Plans;

/// <summary>One of the things a plan may do; told apart by <c>kind</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PriceChange), "price_change")]
[JsonDerivedType(typeof(Promotion), "promotion")]
[JsonDerivedType(typeof(Transfer), "transfer")]
internal abstract record BenchAction;

internal sealed record PriceChange(
    [property: MinLength(1)] string ProductId, [property: Range(0.01, 1_000_000)] decimal NewPrice, string? Reason = null) : BenchAction;

internal sealed record Promotion(
    [property: MinLength(1)] IReadOnlyList<string> ProductIds, [property: Range(0, 100)] double DiscountPct, int Days) : BenchAction;

internal sealed record Transfer(string ProductId, string From, string To, [property: Range(1, 10_000)] int Quantity) : BenchAction;

internal sealed record BenchPlan(string Rationale, [property: MinLength(1)] IReadOnlyList<BenchAction> Actions);
