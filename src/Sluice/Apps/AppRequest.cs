using Sluice.Storage;

namespace Sluice;

/// <summary>What whoever starts an app wants otherwise than the app would do it.</summary>
public sealed record AppRequest
{
    /// <summary>What answers in the model's place; null: what the app says.</summary>
    public Interpreter? Interpreter { get; init; }

    /// <summary>Where runs are kept; null: where the app says. Whoever gives it disposes it, after the app.</summary>
    public IRuntimeStorage? Storage { get; init; }

    /// <summary>Which runs are taken up without being asked; null: as the app says.</summary>
    public RunRecovery? Recovery { get; init; }

    /// <summary>What becomes of runs that were begun under another spec; null: as the app says.</summary>
    public SpecDrift? SpecDrift { get; init; }

    /// <summary>Puts what is wanted into the app's own options.</summary>
    /// <returns>The same options.</returns>
    public RuntimeOptions Apply(RuntimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Interpreter is not null) options.Interpreter = Interpreter;
        if (Storage is not null) options.Storage = Storage;
        if (Recovery is { } recovery) options.Recovery = recovery;
        if (SpecDrift is { } drift) options.SpecDrift = drift;
        return options;
    }
}
