namespace Sluice.Data.Tests.Knowledge;

/// <summary>Documents for tests.</summary>
internal static class Texts
{
    public const string Returns = "# Returns\n\nAn order whose `status` is `returned` counts in no revenue. See orders.\n";

    /// <summary>A handbook that is longer than what stays in one piece.</summary>
    public static string Handbook { get; } =
        $"---\ntitle: The handbook\ntags: [policy, staff]\napplies_to: [main.orders.status, customers]\n---\n\nWelcome.\n\n# Orders\n\n{Sentences("Orders are placed by customers.")}\n\n"
        + $"## Discounts\n\n{Sentences("No discount is larger than 30 percent.")}\n\n# Products\n\n{Sentences("The `price` of products is without tax.")}\n";

    private static string Sentences(string sentence) => string.Join(' ', Enumerable.Repeat(sentence, 70));
}
