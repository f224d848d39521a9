using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Sluice.Tests.Prompts;

public sealed class LayeredPromptTests
{
    [Fact]
    public void AllLayers_AreRenderedInAFixedOrder() => LayeredPrompt.Render(new()
    {
        Examples = new[] { new { question = "Why?", answer = 42 } },
        Identity = "You are an analyst.\r\n",
        OperationalRules = new List<string> { "Look first.", "Then\nplan." },
        Safety = "Never guess.",
        DomainKnowledge = new { units = "EUR", Fiscal = new { start = "04-01" } },
        Tools = Array.Empty<string>(),
        OutputFormat = "  ",
        Communication = null,
    }).Text.ShouldBe(
        """
        # Identity

        You are an analyst.

        # Operational rules

        - Look first.
        - Then
          plan.

        # Domain knowledge

        {"fiscal":{"start":"04-01"},"units":"EUR"}

        # Safety

        Never guess.

        # Examples

        - {"answer":42,"question":"Why?"}
        """);

    [Fact]
    public void CacheKey_IsTheHashOfTheText()
    {
        var prompt = LayeredPrompt.Render(new() { Identity = "ä" });

        prompt.CacheKey.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(prompt.Text))));
        ((string)prompt).ShouldBe("# Identity\n\nä");
    }

    [Fact]
    public void Rendering_IsTheSameEachTime_AndEveryLayerCounts() =>
        Prop.ForAll<string?, string[]?, int>((text, list, number) =>
        {
            PromptLayers Layers() => new() { Identity = text, Safety = list, DomainKnowledge = new { number } };
            var prompt = LayeredPrompt.Render(Layers());

            return prompt == LayeredPrompt.Render(Layers())
                && prompt.CacheKey != LayeredPrompt.Render(Layers() with { DomainKnowledge = new { number = (long)number + 1 } }).CacheKey
                && prompt.CacheKey != LayeredPrompt.Render(Layers() with { Examples = "One more." }).CacheKey;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Maps_AreRenderedTheSame_WhateverTheOrderOfInsertion() =>
        Prop.ForAll<NonEmptyString[]>(names =>
        {
            var values = names.Select(name => name.Get).Where(IsUnicode).Distinct().ToArray();
            var (forward, backward) = (values.ToDictionary(name => name, name => 1), values.Reverse().ToDictionary(name => name, name => 1));
            var (set, reversed) = (values.ToHashSet(), values.Reverse().ToImmutableHashSet());
            return Render(forward) == Render(backward) && Render(set) == Render(reversed);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void LineEndings_DoNotMatter() =>
        Prop.ForAll<NonEmptyString[]>(texts =>
        {
            var lines = texts.Select(text => string.Concat(text.Get.Where(character => !char.IsControl(character)))).ToArray();
            return Render(string.Join("\r\n", lines)) == Render(string.Join("\n", lines));
        }).QuickCheckThrowOnFailure();

    private static string Render(object value) => LayeredPrompt.Render(new() { DomainKnowledge = value }).Text;

    private static bool IsUnicode(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}
