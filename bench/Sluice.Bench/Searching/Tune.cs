using Sluice.Data.Search.Ranking;
namespace Sluice.Bench.Searching;
internal static class Tune
{
    public static (string, RankingWeights)[] Read() => [.. File.ReadAllLines("/tmp/variants").Where(l => l.Trim().Length > 0).Select(line =>
    {
        var w = RankingWeights.Default with { };
        foreach (var p in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var kv = p.Split('=');
            if (kv.Length < 2) continue;
            typeof(RankingWeights).GetProperty(kv[0])!.SetValue(w, double.Parse(kv[1], System.Globalization.CultureInfo.InvariantCulture));
        }
        return (line, w);
    })];
}
