package dev.moviola.sweep;

class RandomSamplerTest extends SamplerContract {
    @Override
    Sampler sampler() {
        return Sampler.random();
    }
}
