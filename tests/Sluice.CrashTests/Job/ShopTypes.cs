using System.Text.Json.Serialization;

namespace Sluice.CrashTests.Job;

internal sealed record ItemArguments(string Item);

internal sealed record ProductSet(IReadOnlyList<string> ProductIds);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PriceChange), "price_change")]
[JsonDerivedType(typeof(PromotionLaunch), "promotion_launch")]
[JsonDerivedType(typeof(Memo), "memo")]
internal abstract record ShopAction;

internal sealed record PriceChange(string ProductId, decimal NewPrice) : ShopAction;

internal sealed record PromotionLaunch(Ref<ProductSet> Products, int DiscountPct) : ShopAction;

internal sealed record Memo(string Words) : ShopAction;

internal sealed record ShopPlan(string Rationale, IReadOnlyList<ShopAction> Actions);
