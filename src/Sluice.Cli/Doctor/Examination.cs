using System.ComponentModel;
using System.Diagnostics;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Data;
using Sluice.Cli.Store;
using Sluice.Data.Reading;

namespace Sluice.Cli.Doctor;

/// <summary>Looks at what Sluice works with, one thing at a time. Nothing is made or changed, and no key is shown.</summary>
internal static class Examination
{
    private const string Sdk = ".NET SDK";

    /// <summary>What builds projects for <c>--app</c>.</summary>
    public static async Task<Finding> SdkAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["--version"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var version = (await process.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? new(Sdk, FindingState.Works, version)
                : new(Sdk, FindingState.Missing, "'dotnet --version' fails here. Projects for --app need an SDK; assemblies do not.");
        }
        catch (Win32Exception)
        {
            return new(Sdk, FindingState.Missing, "There is no 'dotnet' on the path. Projects for --app need an SDK; assemblies do not.");
        }
    }

    /// <summary>Whether the usual variable of a provider's key is set.</summary>
    public static Finding Key(string what, string variable) => string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variable))
        ? new(what, FindingState.Missing, $"{variable} is not set.")
        : new(what, FindingState.Works, $"{variable} is set. Whether the key is accepted shows with the first call.");

    public static async Task<Finding> StoreAsync(StoreAddress address)
    {
        const string What = "store of runs";
        try
        {
            await address.Open().DisposeAsync();
            return new(What, FindingState.Works, address.Name);
        }
        catch (WrongUseException exception)
        {
            return new(What, FindingState.Missing, exception.Message);
        }
        catch (SluiceException exception)
        {
            return new(What, FindingState.Broken, Redaction.OfText($"{exception.Message} ({exception.Code})"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(What, FindingState.Broken, exception.Message);
        }
    }

    public static async Task<Finding> DataAsync(Invocation invocation, DataSourceOptions options, CancellationToken cancellationToken)
    {
        const string What = "data environment";
        try
        {
            await using var session = await options.OpenAsync(invocation, cancellationToken);
            return new(What, FindingState.Works, session.Environment.TargetDatabase is null ? "It opens, and has no target database." : "It opens.");
        }
        catch (WrongUseException exception)
        {
            return new(What, options.AreGiven(invocation) ? FindingState.Broken : FindingState.Missing, exception.Message);
        }
        catch (SpecValidationException exception)
        {
            return new(What, FindingState.Broken, Redaction.OfText(string.Join(' ', exception.Errors.Select(error => $"{error.Path}: {error.Message}"))));
        }
        catch (SluiceException exception)
        {
            return new(What, FindingState.Broken, Redaction.OfText($"{exception.Message} ({exception.Code})"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(What, FindingState.Broken, exception.Message);
        }
    }
}
