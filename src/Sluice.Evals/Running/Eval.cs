using Sluice.Evals.Running;

namespace Sluice;

/// <summary>Evals as assertions, for any test framework.</summary>
public static class Eval
{
    /// <summary>Runs a case and throws when it does not pass.</summary>
    /// <param name="runtime">What is tested.</param>
    /// <param name="testCase">The case. Its script is run where it has one, so the interpreter has to be <c>Interpreter.Scripted</c> then.</param>
    /// <param name="config">How it is run and scored; null: the defaults, with one sample.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EvalFailedException">The case did not pass; the message shows expected and actual.</exception>
    /// <exception cref="SpecValidationException">The case or config has problems.</exception>
    public static Task AssertPassesAsync(
        IAgentRuntime runtime, TestCase testCase, EvalConfig? config = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(testCase);
        return AssertPassesAsync(
            runtime,
            new EvalRequest
            {
                Dataset = new() { Name = testCase.Id, Cases = [testCase] },
                Config = config ?? new() { SamplesPerCase = 1 },
                UseScripts = testCase.Script is not null,
            },
            cancellationToken);
    }

    /// <summary>Runs cases and throws when one does not pass.</summary>
    /// <param name="runtime">What is tested.</param>
    /// <param name="request">The cases, and how they are run and scored.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EvalFailedException">A case did not pass; the message shows expected and actual of all that did not.</exception>
    /// <exception cref="SpecValidationException">The request has problems.</exception>
    public static async Task AssertPassesAsync(IAgentRuntime runtime, EvalRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(request);
        var artifact = await runtime.RunEvalAsync(request, cancellationToken).ConfigureAwait(false);
        var failed = artifact.Cases.Where(result => !result.Passed).ToList();
        if (failed.Count > 0) throw new EvalFailedException(FailureText.Of(failed, artifact.Config), failed[0]);
    }
}
