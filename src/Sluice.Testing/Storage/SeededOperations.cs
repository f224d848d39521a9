using System.Globalization;
using System.Security.Cryptography;
using Xunit.Sdk;

namespace Sluice.Testing;

/// <summary>Runs generated operation sequences. A failure names the seed; <c>SLUICE_TEST_SEED</c> runs that one again.</summary>
internal static class SeededOperations
{
    private const string SeedVariable = "SLUICE_TEST_SEED";
    private const int Sequences = 20;
    private const int Operations = 100;

    /// <summary>Does a hundred operations on each of twenty fresh models; an operation writes what it does to the log.</summary>
    public static async Task RunAsync(Func<int, Func<Random, List<string>, Task>> begin)
    {
        var given = Environment.GetEnvironmentVariable(SeedVariable);
        for (var sequence = 0; sequence < (given is null ? Sequences : 1); sequence++)
        {
            var seed = given is null ? RandomNumberGenerator.GetInt32(int.MaxValue) : int.Parse(given, CultureInfo.InvariantCulture);
            await RunSequenceAsync(seed, begin(sequence));
        }
    }

    private static async Task RunSequenceAsync(int seed, Func<Random, List<string>, Task> operate)
    {
        var log = new List<string>();
        var random = new Random(seed);
        try
        {
            for (var i = 0; i < Operations; i++) await operate(random, log);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new XunitException(
                $"The store and the model disagree. Run it again with {SeedVariable}={seed}. Last operations:\n{string.Join('\n', log.TakeLast(10))}", exception);
        }
    }
}
