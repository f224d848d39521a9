namespace Sluice;

/// <summary>A runtime with the defaults of the front door. Create one per spec and tenant, and dispose it when the host stops.</summary>
public sealed class SluiceRuntime : AgentRuntime
{
    private SluiceRuntime(RuntimeSpec spec, RuntimeOptions options)
        : base(spec, options, new AnthropicModelProvider())
    {
    }

    /// <summary>Checks the spec and the options and gets everything ready. Nothing runs yet, and no call is made.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="options">
    /// How to run it. Default: no model (<see cref="Interpreter.Noop"/>) and memory storage. With <see cref="Interpreter.Live"/>, providers of
    /// kind <c>anthropic</c> need nothing more than their key.
    /// </param>
    /// <exception cref="SpecValidationException">The spec is invalid, or the options do not fit it. All problems are reported together.</exception>
    public static SluiceRuntime Create(RuntimeSpec spec, RuntimeOptions? options = null) => new(spec, options ?? new());
}
