namespace Sluice.Packaging.Tests;

/// <summary>What a program came to.</summary>
internal sealed record ProgramResult(int ExitCode, string Out, string Error)
{
    /// <summary>Standard output, of a program that did what it was to do.</summary>
    public string Succeeded()
    {
        ExitCode.ShouldBe(0, $"{Out}\n{Error}");
        return Out;
    }
}
