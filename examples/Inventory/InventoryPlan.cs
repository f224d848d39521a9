using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Inventory;

/// <summary>What the planner proposes. The model writes it as JSON; the runtime checks it against the schema of these types.</summary>
internal sealed record InventoryPlan
{
    /// <summary>The plan as the runtime knows it. When an action fails, those before it are taken back.</summary>
    public static PlanSpec<InventoryPlan> Spec { get; } = Define.Plan<InventoryPlan>(nameof(InventoryPlan), compensateOnFailure: true);

    /// <summary>Why these actions.</summary>
    [MinLength(1), Description("Why these actions, in a sentence or two, with the figures they rest on.")]
    public required string Rationale { get; init; }

    /// <summary>The documents that say what is allowed.</summary>
    [MinLength(1), Description("The ids of the policy documents that the numbers follow from, as search_catalog returned them.")]
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>What is to be done, in this order.</summary>
    [MinLength(1)]
    public required IReadOnlyList<InventoryAction> Actions { get; init; }
}

/// <summary>One operation on a set of products.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ReorderProducts), "reorder_products")]
[JsonDerivedType(typeof(HoldInventory), "hold_inventory")]
[JsonDerivedType(typeof(MarkDown), "mark_down")]
internal abstract record InventoryAction
{
    /// <summary>The products it applies to.</summary>
    [Description("The handle of a ProductSet, as a find_ tool returned it.")]
    public required Ref<ProductSet> Products { get; init; }
}

/// <summary>Orders the same quantity of every product.</summary>
internal sealed record ReorderProducts : InventoryAction
{
    /// <summary>Units of each product, 1 to 100 000.</summary>
    [Range(1, 100_000)]
    public required int QuantityPerProduct { get; init; }
}

/// <summary>Takes products out of ordering and sale.</summary>
internal sealed record HoldInventory : InventoryAction
{
    /// <summary>Why, for the people in the stores.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Reason { get; init; }

    /// <summary>Last day of the hold.</summary>
    public required DateOnly Until { get; init; }
}

/// <summary>Lowers the current price of every product, never below cost.</summary>
internal sealed record MarkDown : InventoryAction
{
    /// <summary>By how much, in percent of the current price, 1 to 90.</summary>
    [Range(1, 90)]
    public required decimal Percent { get; init; }
}
