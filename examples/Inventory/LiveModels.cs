using System.Text.RegularExpressions;

namespace Inventory;

/// <summary>Which models answer, and how they are reached. The key is read from the environment and stays there.</summary>
internal sealed record LiveModels
{
    private const string AnthropicKey = "ANTHROPIC_API_KEY";
    private const string OpenAIKey = "OPENAI_API_KEY";

    // The job names its plan after the clock, so a recording has to know that the next one is named otherwise.
    private static readonly CassetteOptions PlanIds = new() { Volatile = [new Regex(@"plan-\d{8}-\d{6}-[0-9a-f]{6}", RegexOptions.None, TimeSpan.FromSeconds(1))] };

    /// <summary>The models whose names the script carries, and of whom none is asked.</summary>
    public static LiveModels Claude { get; } = new()
    {
        Coordinator = "claude-sonnet-4-6",
        Planner = "claude-opus-4-8",
        Executor = "claude-haiku-4-5",
        Providers = Sluice.Providers.Anthropic(),
    };

    /// <summary>OpenAI's, for whoever has a key for those only.</summary>
    public static LiveModels Gpt { get; } = new()
    {
        Coordinator = "gpt-5-mini",
        Planner = "gpt-5",
        Executor = "gpt-5-mini",
        Providers = Sluice.Providers.OpenAI(),
    };

    public required ModelSpec Coordinator { get; init; }

    public required ModelSpec Planner { get; init; }

    public required ModelSpec Executor { get; init; }

    public required IReadOnlyDictionary<string, ProviderSpec> Providers { get; init; }

    /// <summary>The models that there is a key for; with a recording none is needed. Null, with a problem, when there is none.</summary>
    public static LiveModels? Find(Options options, ICollection<string> problems)
    {
        if (!options.IsLive || options.Replay is not null) return Claude;
        if (Has(AnthropicKey) || Has(OpenAIKey)) return OfKeys();
        problems.Add(
            $"Option '--live' needs a key: set {AnthropicKey} or {OpenAIKey} in the environment. Leave '--live' out to let a script answer in the model's place.");
        return null;
    }

    /// <summary>The models that there is a key for; without one those of the script, who cannot be asked.</summary>
    public static LiveModels OfKeys() => !Has(AnthropicKey) && Has(OpenAIKey) ? Gpt : Claude;

    /// <summary>What answers: a script, the models, the models while they are recorded, or a recording of them.</summary>
    public static Interpreter InterpreterOf(Options options) => options switch
    {
        { IsLive: false } => Interpreter.Scripted,
        { Replay: { } path } => Interpreter.Replay(path, PlanIds),
        { Record: { } path } => Interpreter.Record(Interpreter.Live, path, PlanIds),
        _ => Interpreter.Live,
    };

    private static bool Has(string variable) => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variable));
}
